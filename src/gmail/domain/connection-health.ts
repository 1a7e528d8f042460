import { firstAfter } from '../../kernel/http/kept/good-until';

/** Trouble that lasts this long makes a connection unhealthy, ms: a little less than the 15 minutes that are promised. */
export const stallAfterMs = 12 * 60_000;
/** The hourly poll and that: a mailbox that was not read to its end for longer is unhealthy, ms. */
export const unreadTooLongMs = 60 * 60_000 + stallAfterMs;

/** What the health of a connected mailbox is judged by. */
export interface Signs {
  statusSince: Date;
  failingSince: Date | null;
  pushPendingSince: Date | null;
  lastSyncedAt: Date | null;
  leaseExpiresAt: Date | null;
}

/** When a connected mailbox's health may change of itself, ms since 1970: the first threshold or lease that is still to come. */
export function healthStandsUntil(signs: Signs, now: number): number {
  const after = (instant: Date | null, ms: number): number | null => instant && instant.getTime() + ms;
  return firstAfter(now, [
    after(signs.failingSince, stallAfterMs),
    after(signs.pushPendingSince, stallAfterMs),
    after(signs.lastSyncedAt ?? signs.statusSince, unreadTooLongMs),
    after(signs.leaseExpiresAt, 0),
  ]);
}

/** Whether a connected mailbox fell silent; the same judgement as `WatchesRepository.markStalled` makes in SQL. */
export function isStalled(signs: Signs, now: number): boolean {
  const { failingSince, pushPendingSince, lastSyncedAt, statusSince, leaseExpiresAt } = signs;
  const before = (instant: Date | null, ms: number): boolean =>
    instant !== null && instant.getTime() < now - ms;
  const walked = leaseExpiresAt !== null && leaseExpiresAt.getTime() >= now;
  return (
    before(failingSince, stallAfterMs) ||
    (!walked && before(pushPendingSince, stallAfterMs)) ||
    (!walked && before(lastSyncedAt ?? statusSince, unreadTooLongMs))
  );
}
