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
