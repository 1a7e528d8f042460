import type { PoolClient, QueryResult } from 'pg';

/** What Prisma's adapter hands to `pg`: one configuration object. */
export type Statement = object;

export type Answered = (fault: Error | null | undefined, result: QueryResult) => void;
/** `pg` with a callback: a promise for each beginning and COMMIT would cost more than they do. */
export type Send = (statement: unknown, answered: Answered) => void;

/** What Prisma opens a transaction of its own with, and what that is inside of ours. */
const nested: Readonly<Record<string, string>> = {
  BEGIN: 'savepoint prisma',
  COMMIT: 'release savepoint prisma',
  ROLLBACK: 'rollback to savepoint prisma',
};

/**
 * A transaction on one connection. What begins it waits for no answer: it travels with the first statement. Statements that are asked for
 * at once travel together, and run in that order.
 */
export class RlsTransaction {
  private readonly send: Send;
  private readonly timer: NodeJS.Timeout;
  private gathering = false;
  private endAtOnce: (() => void) | undefined;
  private fault: Error | undefined;
  /** Why nothing can be asked for any more: an error is made of it where somebody asks, not for every transaction that ends. */
  private closed: string | undefined;
  private rollback: Promise<void> | undefined;

  /** @param limitMs after which it is rolled back, whatever is still to come. */
  constructor(
    private readonly client: PoolClient,
    begin: string,
    limitMs: number,
  ) {
    this.send = client.query.bind(client) as Send;
    this.timer = setTimeout(() => this.giveUp(limitMs), limitMs);
    const note: Answered = (error) => {
      this.fault ??= error ?? undefined;
    };
    this.gather();
    this.send(begin, note);
  }

  query(statement: Statement): Promise<QueryResult> {
    if (this.closed !== undefined) return Promise.reject(new Error(this.closed));
    this.gather();
    return new Promise((resolve, reject) => {
      this.send(statement, (error, result) => {
        // A transaction that did not begin says so itself, and not that it is aborted.
        if (error) reject(this.fault ?? error);
        else resolve(result);
      });
    });
  }

  /** The connection as Prisma borrows it for what it makes of several statements: they stand or fall together in here. */
  lend(): PoolClient {
    return {
      query: (statement: { text: string }) => {
        const text = nested[statement.text];
        return this.query(text === undefined ? statement : { text });
      },
      on: () => undefined,
      removeListener: () => undefined,
      release: () => undefined,
    } as unknown as PoolClient;
  }

  /**
   * Lets the commit travel with the statements of this moment; what is asked for later is refused. Where the moment itself has failed,
   * what was asked for is rolled back. @throws as `commit` does.
   */
  commitAtOnce(hasFailed: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.endAtOnce = () => resolve(hasFailed() ? this.abort() : this.commit());
      this.gather();
    });
  }

  /** @throws Error when it was given up, or when a statement in it had failed: nothing is committed then. */
  async commit(): Promise<void> {
    if (this.closed !== undefined) {
      await this.abort();
      throw new Error(this.closed);
    }
    const answer = this.query({ text: 'commit' });
    this.close('The transaction has ended');
    const { command } = await answer.catch((error: unknown) => {
      this.client.release(true);
      throw error;
    });
    this.client.release();
    if (command !== 'COMMIT')
      throw new Error('A statement of the transaction had failed: it was rolled back');
  }

  /** Rolls back, and never throws: a connection that cannot is thrown away. */
  abort(): Promise<void> {
    this.rollback ??= this.rollBack();
    return this.rollback;
  }

  private rollBack(): Promise<void> {
    this.close('The transaction was rolled back');
    return new Promise((resolve) => {
      this.send('rollback', (error) => {
        this.client.release(Boolean(error));
        resolve();
      });
    });
  }

  private giveUp(limitMs: number): void {
    this.closed = `The transaction took longer than ${limitMs} ms`;
    void this.abort();
  }

  /** What is sent until the program waits for something is one packet. */
  private gather(): void {
    if (this.gathering) return;
    this.gathering = true;
    const { stream: socket } = this.client.connection;
    socket.cork();
    process.nextTick(() => {
      this.endAtOnce?.();
      this.gathering = false;
      socket.uncork();
    });
  }

  private close(reason: string): void {
    clearTimeout(this.timer);
    this.closed ??= reason;
  }
}
