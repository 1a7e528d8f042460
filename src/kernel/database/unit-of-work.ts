import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import { DomainError } from '../errors/domain-error';
import { Prisma } from './generated/client';
import { PrismaConnection } from './prisma-connection';
import {
  enterIdentity,
  type Identity,
  identityParameters,
  NoUnitOfWork,
  statementIdentity,
} from './rls-context';

/** What a repository may call: Prisma's models and raw SQL, never its transactions. */
export type Db = Prisma.TransactionClient;

interface Scope {
  readonly identity: Identity;
  readonly db: Db;
  readonly kind: 'transaction' | 'reads';
  readonly afterCommit: (() => void)[];
}

const scopes = new AsyncLocalStorage<Scope>();

/** Milliseconds a transaction may wait for a connection, and may last. */
const limits = { maxWait: 10_000, timeout: 15_000 };

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
  asService<T>(reason: string, work: () => Promise<T>): Promise<T> {
    return this.transaction({ role: 'inbrief_service', reason }, work);
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
    const scope = scopes.getStore();
    if (!scope) throw new NoUnitOfWork();
    return scope.db;
  }

  /**
   * The rows of one statement as `pg` reads them: for the few reads that every caller waits for. Beside Prisma's `$queryRaw`,
   * which costs three times as much, bigints are strings and bytes are buffers; cast what should be a number. In a
   * transaction it is `$queryRaw`. @throws NoUnitOfWork outside of one.
   */
  async rows<T extends object>(statement: Prisma.Sql): Promise<T[]> {
    const scope = scopes.getStore();
    if (!scope) throw new NoUnitOfWork();
    if (scope.kind === 'transaction') return scope.db.$queryRaw<T[]>(statement);
    return this.connection.rows<T>(statement.text, statement.values);
  }

  /** Whether the ambient unit of work is a transaction, so that what it writes commits together. */
  get inTransaction(): boolean {
    return scopes.getStore()?.kind === 'transaction';
  }

  /** Runs `then` once the ambient transaction has committed; never when it rolls back. */
  afterCommit(then: () => void): void {
    const scope = scopes.getStore();
    if (scope?.kind !== 'transaction') throw new NoUnitOfWork();
    scope.afterCommit.push(then);
  }

  private async transaction<T>(identity: Identity, work: () => Promise<T>): Promise<T> {
    const outer = scopes.getStore();
    if (outer?.kind === 'transaction') {
      assertSame(outer.identity, identity);
      return work();
    }
    const afterCommit: (() => void)[] = [];
    const result = await statementIdentity.run(identity, () =>
      this.connection.client.$transaction(async (db) => {
        await db.$queryRawUnsafe(enterIdentity, ...identityParameters(identity));
        return scopes.run({ identity, db, kind: 'transaction', afterCommit }, work);
      }, limits),
    );
    for (const then of afterCommit) then();
    return result;
  }

  private reads<T>(identity: Identity, read: () => Promise<T>): Promise<T> {
    const outer = scopes.getStore();
    if (outer?.kind === 'transaction') {
      assertSame(outer.identity, identity);
      return read();
    }
    // Reads of one identity inside one another are one unit of work: what they ask for at once travels together.
    if (outer && isSame(outer.identity, identity)) return read();
    const scope: Scope = { identity, db: this.connection.client, kind: 'reads', afterCommit: [] };
    // Prisma sends a statement when its promise is awaited: the await must stand inside the context.
    return statementIdentity.run(identity, () => scopes.run(scope, async () => await read()));
  }
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
