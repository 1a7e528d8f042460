import { setImmediate as nextTurn } from 'node:timers/promises';

/** What was asked for together under one key. */
export interface Gathered<Answer, Item> {
  readonly items: ReadonlySet<Item>;
  readonly answer: Promise<Answer>;
}

/**
 * One question for all that is asked under one key within a turn of the event loop. It is put after the last of them has asked:
 * nobody gets an answer that is older than their question. Not for work in a transaction, which may have ended by then.
 */
export class Gathering<Answer, Item = never> {
  private readonly open = new Map<string, { items: Set<Item>; answer: Promise<Answer> }>();

  constructor(private readonly ask: (key: string, items: Item[]) => Promise<Answer>) {}

  join(key: string, items: readonly Item[] = []): Gathered<Answer, Item> {
    const gathered = this.open.get(key) ?? this.gather(key);
    for (const item of items) gathered.items.add(item);
    return gathered;
  }

  private gather(key: string): { items: Set<Item>; answer: Promise<Answer> } {
    const items = new Set<Item>();
    const answer = nextTurn().then(() => {
      this.open.delete(key);
      return this.ask(key, [...items]);
    });
    const gathered = { items, answer };
    this.open.set(key, gathered);
    return gathered;
  }
}
