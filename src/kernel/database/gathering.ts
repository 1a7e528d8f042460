import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';

/** What was asked for together under one key. */
export interface Gathered<Answer, Item> {
  readonly items: ReadonlySet<Item>;
  readonly answer: Promise<Answer>;
}

/** How long a question waits for others to join it: a turn of the event loop, where nothing else is said. */
interface GatheringTerms {
  /**
   * So many milliseconds, after the question before it under its key is answered: for writes that would wait for one another's
   * locks, and for the disk one by one.
   */
  readonly lingerMs?: number;
}

/**
 * One question for all that is asked under one key in one moment. It is put after the last of them has asked: nobody gets an answer
 * that is older than their question. Not for work in a transaction, which may have ended by then.
 */
export class Gathering<Answer, Item = never> {
  private readonly open = new Map<string, { items: Set<Item>; answer: Promise<Answer> }>();
  private readonly underWay = new Map<string, Promise<unknown>>();

  constructor(
    private readonly ask: (key: string, items: Item[]) => Promise<Answer>,
    private readonly terms: GatheringTerms = {},
  ) {}

  join(key: string, items: readonly Item[] = []): Gathered<Answer, Item> {
    const gathered = this.open.get(key) ?? this.gather(key);
    for (const item of items) gathered.items.add(item);
    return gathered;
  }

  /** As `join`; where the question of all fails, that of these items alone is put: nobody fails for another's sake. */
  async joinOrAskAlone(key: string, items: readonly Item[]): Promise<Answer> {
    const together = this.join(key, items);
    try {
      return await together.answer;
    } catch (error) {
      if (together.items.size === items.length) throw error;
      return this.ask(key, [...items]);
    }
  }

  private gather(key: string): { items: Set<Item>; answer: Promise<Answer> } {
    const items = new Set<Item>();
    const answer = this.turnOf(key).then(() => {
      this.open.delete(key);
      return this.ask(key, [...items]);
    });
    if (this.terms.lingerMs !== undefined) this.letNobodyPass(key, answer);
    const gathered = { items, answer };
    this.open.set(key, gathered);
    return gathered;
  }

  private async turnOf(key: string): Promise<void> {
    const { lingerMs } = this.terms;
    if (lingerMs === undefined) return nextTurn();
    await this.underWay.get(key);
    await sleep(lingerMs);
  }

  private letNobodyPass(key: string, answer: Promise<Answer>): void {
    const ended = answer
      .catch(() => undefined)
      .then(() => {
        if (this.underWay.get(key) === ended) this.underWay.delete(key);
      });
    this.underWay.set(key, ended);
  }
}
