/** One page of a list; `nextCursor` is null on the last. */
export interface Page<T> {
  data: T[];
  nextCursor: string | null;
}

/**
 * A list that comes in pages. `await` it for the first page, or the one behind the cursor that was given; iterate over it
 * (`for await`) for every item from there on. Nothing is asked before either, and the next page only when it is needed.
 */
export class Pages<T> implements AsyncIterable<T>, PromiseLike<Page<T>> {
  constructor(private readonly ask: (cursor: string | undefined) => Promise<Page<T>>) {}

  then<A = Page<T>, B = never>(
    onFulfilled?: ((page: Page<T>) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): PromiseLike<A | B> {
    return this.ask(undefined).then(onFulfilled, onRejected);
  }

  async *[Symbol.asyncIterator](): AsyncIterator<T, void, undefined> {
    for await (const page of this.pages()) yield* page.data;
  }

  /** The pages themselves, one after the other. */
  async *pages(): AsyncGenerator<Page<T>, void, undefined> {
    for (let cursor: string | undefined; ;) {
      const page = await this.ask(cursor);
      yield page;
      if (page.nextCursor === null) return;
      cursor = page.nextCursor;
    }
  }

  /** Everything, as an array. @param limit stop after so many. */
  async all(limit = Infinity): Promise<T[]> {
    const items: T[] = [];
    for await (const item of this) {
      if (items.length >= limit) break;
      items.push(item);
    }
    return items;
  }
}
