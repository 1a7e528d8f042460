import { NIL } from 'uuid';
import type { CursorCodec } from '../../kernel/http/cursor';

/** A place in the order in which changes become visible: behind the change that this transaction made of this job or run. */
export interface ChangePosition {
  readonly xid: string;
  readonly id: string;
}

const list = 'jobs.stream';

/** Before everything that this transaction and later ones change. */
export function beginningOf(xid: string): ChangePosition {
  return { xid, id: NIL };
}

/** The id of an event, which a caller comes back with. */
export function eventIdOf({ xid, id }: ChangePosition, cursors: CursorCodec): string {
  return cursors.encode(list, [xid, id]);
}

/**
 * Where a caller left off. A place that lies ahead of `now` comes from a database that was restored since: such a caller
 * begins now.
 * @throws DomainError `request.bad-cursor` for an id that no stream gave out.
 */
export function positionAfter(eventId: string, now: ChangePosition, cursors: CursorCodec): ChangePosition {
  const [xid, id] = cursors.decode(list, eventId).map(String) as [string, string];
  return BigInt(xid) > BigInt(now.xid) ? now : { xid, id };
}
