import { invalidRequest } from './errors';

/** The query of a list call. */
export interface PageQuery {
  limit?: string;
  after_id?: string;
  before_id?: string;
}

/** The vendor's list envelope. */
export interface Page<T> {
  data: T[];
  has_more: boolean;
  first_id: string | null;
  last_id: string | null;
}

/** One page of `all`, which is in list order. Throws a 400 for a limit outside 1 to 1000 or an unknown cursor. */
export function pageOf<T extends { id: string }>(all: T[], query: PageQuery): Page<T> {
  const limit = Number(query.limit ?? 20);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1_000) {
    throw invalidRequest('limit: must be a whole number from 1 to 1000');
  }
  const position = (id: string) => {
    const index = all.findIndex((entry) => entry.id === id);
    if (index < 0) throw invalidRequest(`unknown cursor: ${id}`);
    return index;
  };
  const before = query.before_id === undefined ? undefined : position(query.before_id);
  const start =
    before === undefined
      ? query.after_id === undefined
        ? 0
        : position(query.after_id) + 1
      : Math.max(0, before - limit);
  const data = all.slice(start, before ?? start + limit);
  const more = before === undefined ? start + limit < all.length : start > 0;
  return { data, has_more: more, first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null };
}
