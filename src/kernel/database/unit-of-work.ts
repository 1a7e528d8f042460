import { Injectable } from '@nestjs/common';
import type { QueryResult } from 'pg';
import { DomainError } from '../errors/domain-error';
import type { Prisma } from './generated/client';
import { PrismaConnection } from './prisma-connection';
import { type Identity, NoUnitOfWork } from './rls-context';
import type { RlsTransaction } from './rls-transaction';
import { type Scope, scopes } from './scope';

/** What a repository may call: Prisma's models and raw SQL, never its transactions. */
export type Db = Prisma.TransactionClient;

/** How a transaction commits: by itself, after its work, and on the disk before it is answered, where nothing else is said. */
export interface CommitTerms {
  /**
   * The commit travels with the statements, so that what they lock is locked for no round trip: for work that asks for all of them in one
   * moment and depends on no answer. A statement that must not come to nothing says so itself, by the database's function `refuse`.
   */
  readonly atOnce?: boolean;
  /**
   * The commit does not wait for the disk: for what an event asks for. A crash that takes it takes the event's mark as well, which is
   * later in the log, and the relay asks again (docs/adr/0021).
   */
  readonly repeated?: boolean;
}

/** Milliseconds a transaction may last. */
const limitMs = 15_000;

/**
 * The only door to the data. `asUser` and `asService` run their work in one transaction under row level security; work
 * that opens a second one inside joins the first, so a command sent from a transaction commits with it. No network or
 * queue call belongs between the braces.
 */
@Injectable()
export class UnitOfWork {
  constructor(private readonly connection: PrismaConnection) {}

  /** One transaction that sees and writes only this user's rows. */
  asUser<T>(userId: string, work: () => Promise<T>): Promise<T> {
    return this.transaction({ role: 'inbrief_user', userId }, work);
  }

  /** One transaction of the system itself, over every tenant; `reason` says what for. */
  asService<T>(reason: string, work: () => Promise<T>, terms: CommitTerms = {}): Promise<T> {
    return this.transaction({ role: 'inbrief_service', reason }, work, terms);
  }

  /** Reads as this user: each statement is a transaction of its own and costs one round trip. */
  readAsUser<T>(userId: string, read: () => Promise<T>): Promise<T> {
    return this.reads({ role: 'inbrief_user', userId }, read);
  }

  /** Reads as the system: each statement is a transaction of its own and costs one round trip. */
  readAsService<T>(reason: string, read: () => Promise<T>): Promise<T> {
    return this.reads({ role: 'inbrief_service', reason }, read);
  }

  /** The database as the ambient unit of work sees it. @throws NoUnitOfWork outside of one. */
  get db(): Db {
    if (!scopes.getStore()) throw new NoUnitOfWork();
    return this.connection.client;
  }

  /**
   * The rows of one statement as `pg` reads them: for what every caller, and every mail, waits for. Beside Prisma's `$queryRaw`,
   * which costs three times as much, bigints are strings and bytes are buffers; cast what should be a number, and parameters
   * whose type no column tells. @throws NoUnitOfWork outside of one.
   */
  async rows<T extends object>(statement: Prisma.Sql): Promise<T[]> {
    return (await this.send<T>(statement)).rows;
  }

  /** How many rows one statement changed; as `rows`, past Prisma. @throws NoUnitOfWork outside of one. */
  async run(statement: Prisma.Sql): Promise<number> {
    return (await this.send(statement)).rowCount ?? 0;
  }

  /** Whether the ambient unit of work is a transaction, so that what it writes commits together. */
  get inTransaction(): boolean {
    return scopes.getStore()?.transaction !== undefined;
  }

  /**
   * Runs `then` once the ambient transaction has committed, and never when it rolls back; at once where each statement, when it
   * has come back, has committed by itself. @throws NoUnitOfWork outside of one.
   */
  afterCommit(then: () => void): void {
    const scope = scopes.getStore();
    if (!scope) throw new NoUnitOfWork();
    if (scope.transaction) scope.afterCommit.push(then);
    else then();
  }

  private async transaction<T>(
    identity: Identity,
    work: () => Promise<T>,
    { atOnce = false, repeated = false }: CommitTerms = {},
  ): Promise<T> {
    const outer = scopes.getStore();
    if (outer?.transaction) {
      assertSame(outer.identity, identity);
      return work();
    }
    const transaction = await this.connection.pool.begin(identity, limitMs, !repeated);
    const scope: Scope = { identity, transaction, afterCommit: [] };
    // Prisma sends a statement when its promise is awaited: the await must stand inside the context.
    const working = scopes.run(scope, async () => await work());
    const result = await (atOnce ? endingAtOnce(transaction, working) : endingAfter(transaction, working));
    for (const then of scope.afterCommit) then();
    return result;
  }

  private send<T extends object>({ text, values }: Prisma.Sql): Promise<QueryResult<T>> {
    if (!scopes.getStore()) throw new NoUnitOfWork();
    return this.connection.send<T>(text, values);
  }

  private reads<T>(identity: Identity, read: () => Promise<T>): Promise<T> {
    const outer = scopes.getStore();
    if (outer?.transaction) {
      assertSame(outer.identity, identity);
      return read();
    }
    // Reads of one identity inside one another are one unit of work: what they ask for at once travels together.
    if (outer && isSame(outer.identity, identity)) return read();
    // Prisma sends a statement when its promise is awaited: the await must stand inside the context.
    return scopes.run({ identity, afterCommit: [] }, async () => await read());
  }
}

async function endingAfter<T>(transaction: RlsTransaction, working: Promise<T>): Promise<T> {
  const result = await working.catch(async (error: unknown) => {
    await transaction.abort();
    throw error;
  });
  await transaction.commit();
  return result;
}

async function endingAtOnce<T>(transaction: RlsTransaction, working: Promise<T>): Promise<T> {
  let failed = false;
  working.catch(() => (failed = true));
  const committing = transaction.commitAtOnce(() => failed);
  const [worked, committed] = await Promise.allSettled([working, committing]);
  // The statement that failed says more than the commit that came to nothing.
  if (worked.status === 'rejected') throw worked.reason;
  if (committed.status === 'rejected') throw committed.reason;
  return worked.value;
}

function isSame(outer: Identity, inner: Identity): boolean {
  return outer.role === 'inbrief_user'
    ? inner.role === outer.role && inner.userId === outer.userId
    : inner.role === outer.role;
}

function assertSame(outer: Identity, inner: Identity): void {
  if (!isSame(outer, inner))
    throw new DomainError(
      'internal',
      'kernel.identity-change',
      'A transaction cannot change whom it acts for',
    );
}
