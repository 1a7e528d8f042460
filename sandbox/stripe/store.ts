import { randomBytes } from 'node:crypto';
import { invalid, noSuch } from './wire/errors';
import { type Params } from './wire/params';

/** What every stored object has. `created` is in seconds. */
export interface Stored {
  id: string;
  created: number;
}

/** The vendor's list envelope. */
export interface ListAnswer<T> {
  object: 'list';
  url: string;
  has_more: boolean;
  data: T[];
}

/** All objects of one kind, oldest first inside and newest first in lists. */
export class Collection<T extends Stored> {
  private readonly byId = new Map<string, T>();

  constructor(private readonly noun: string) {}

  clear(): void {
    this.byId.clear();
  }

  add(item: T): T {
    this.byId.set(item.id, item);
    return item;
  }

  remove(id: string): void {
    this.byId.delete(id);
  }

  find(id: string): T | undefined {
    return this.byId.get(id);
  }

  /** Throws the vendor's `resource_missing`; `param` says that a parameter, not the path, named the object. */
  get(id: string, param?: string): T {
    const item = this.byId.get(id);
    if (!item) throw noSuch(this.noun, id, param);
    return item;
  }

  /** Newest first. */
  all(): T[] {
    return [...this.byId.values()].reverse();
  }

  /** One page of what `matches`, by the vendor's cursors. Throws a 400 for a bad limit or an unknown cursor. */
  list(url: string, params: Params, matches: (item: T) => boolean = () => true): ListAnswer<T> {
    const limit = params.whole('limit') ?? 10;
    if (limit < 1 || limit > 100) throw invalid('Invalid limit: must be between 1 and 100', 'limit');
    const inTime = createdWithin(params);
    const found = this.all().filter((item) => inTime(item) && matches(item));
    const after = params.text('starting_after');
    const before = params.text('ending_before');
    const at = (id: string, param: string) => {
      this.get(id, param);
      return found.findIndex((item) => item.id === id);
    };
    if (before !== undefined) {
      const end = at(before, 'ending_before');
      const start = Math.max(0, end - limit);
      return { object: 'list', url, has_more: start > 0, data: found.slice(start, end) };
    }
    const start = after === undefined ? 0 : at(after, 'starting_after') + 1;
    return {
      object: 'list',
      url,
      has_more: found.length > start + limit,
      data: found.slice(start, start + limit),
    };
  }
}

function createdWithin(params: Params): (item: Stored) => boolean {
  if (!params.has('created')) return () => true;
  const range = params.child('created');
  const bound = (name: string) => range?.whole(name);
  const [gt = -1, gte = -1] = [bound('gt'), bound('gte')];
  const [lt = Infinity, lte = Infinity] = [bound('lt'), bound('lte')];
  return ({ created }) => created > gt && created >= gte && created < lt && created <= lte;
}

/** A fresh identifier such as `pi_…`, long enough to look like the vendor's and never to clash. */
export const newId = (prefix: string): string =>
  `${prefix}_${randomBytes(20).toString('base64url').replace(/[-_]/g, '0').slice(0, 24)}`;

/** The id behind an expandable field, which the store always keeps unexpanded. */
export const idOf = (reference: string | { id: string } | null | undefined): string | null =>
  typeof reference === 'string' ? reference : (reference?.id ?? null);
