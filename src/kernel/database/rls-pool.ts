import { Pool, type PoolClient, type PoolConfig, type QueryResult } from 'pg';
import { beginAs, type Identity, NoUnitOfWork } from './rls-context';
import { type Answered, RlsTransaction, type Send, type Statement } from './rls-transaction';
import { type Scope, scopes } from './scope';

/** A statement that waits for its connection, and who waits for its answer. */
interface Waiting {
  readonly statement: Statement;
  readonly resolve: (result: QueryResult) => void;
  readonly reject: (fault: Error) => void;
}

/**
 * A pool whose single statements run as BEGIN with their identity; statement; COMMIT, pipelined in one round trip and one packet, so
 * that row level security costs a read no extra latency. Statements that one unit of work asks for at once share the three.
 * Without an identity nothing is sent.
 */
export class RlsPool extends Pool {
  private readonly waiting = new WeakMap<Scope, Waiting[]>();

  constructor(options: PoolConfig) {
    super({ ...options, pipeline: true });
    // A connection that breaks while it is lent out fails its statements; the event alone would end the process.
    this.on('connect', (client) => client.on('error', () => undefined));
    this.query = this.queryAsIdentity.bind(this) as unknown as Pool['query'];
    const connect = this.connect.bind(this) as () => Promise<PoolClient>;
    // What Prisma makes of several statements asks for a connection, and gets the one of the transaction that is open.
    this.connect = (() => {
      const transaction = scopes.getStore()?.transaction;
      return transaction ? Promise.resolve(transaction.lend()) : connect();
    }) as Pool['connect'];
  }

  /**
   * A transaction that whatever is sent in a scope of it takes part in; its owner ends it.
   * @param durable whether its commit waits for the disk.
   */
  async begin(identity: Identity, limitMs: number, durable = true): Promise<RlsTransaction> {
    const begin = durable ? beginAs(identity) : `${beginAs(identity)}; set local synchronous_commit = off`;
    return new RlsTransaction(await this.connect(), begin, limitMs);
  }

  private queryAsIdentity(statement: Statement): Promise<QueryResult> {
    const scope = scopes.getStore();
    if (!scope) return Promise.reject(new NoUnitOfWork());
    if (scope.transaction) return scope.transaction.query(statement);
    return new Promise((resolve, reject) => {
      const together = this.waiting.get(scope);
      if (together) together.push({ statement, resolve, reject });
      else void this.send(scope, [{ statement, resolve, reject }]);
    });
  }

  /** Whatever the unit of work asks for until a connection is there goes along. */
  private async send(scope: Scope, together: Waiting[]): Promise<void> {
    this.waiting.set(scope, together);
    try {
      const begin = beginAs(scope.identity);
      const client = await this.connect();
      this.waiting.delete(scope);
      this.pipeline(client, begin, together);
    } catch (error) {
      this.waiting.delete(scope);
      for (const { reject } of together) reject(error as Error);
    }
  }

  private pipeline(client: PoolClient, begin: string, together: Waiting[]): void {
    const send = client.query.bind(client) as unknown as Send;
    const results: QueryResult[] = [];
    let fault: Error | undefined;
    const note: Answered = (error) => {
      fault ??= error ?? undefined;
    };
    const { stream: socket } = client.connection;
    socket.cork();
    send(begin, note);
    for (const [place, { statement }] of together.entries())
      send(statement, (error, result) => {
        note(error, result);
        results[place] = result;
      });
    send('commit', (error, result) => {
      note(error, result);
      client.release(fault !== undefined && !isAnsweredByPostgres(fault));
      for (const [place, { resolve, reject }] of together.entries()) {
        const answer = results[place];
        if (answer && !fault) resolve(answer);
        else reject(fault ?? new Error('Postgres answered the frame and not the statement'));
      }
    });
    socket.uncork();
  }
}

/** An error that Postgres itself answered leaves the connection usable; any other does not. */
function isAnsweredByPostgres(error: unknown): boolean {
  return error instanceof Error && 'severity' in error && error.severity === 'ERROR';
}
