import { randomUUID } from 'node:crypto';
import { Client, DatabaseError } from 'pg';
import { type MigrationFile, readMigrations } from './migration-files';

/** A migration was refused or failed; the message names it and says what to do. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

/** Key of the advisory lock that Prisma Migrate takes, so that the two never run side by side. */
const prismaMigrateLock = 72707369;
const lockTimeout = '60s';

/** Prisma's own bookkeeping table, column for column. */
const migrationsTable = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

interface RecordedMigration {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
}

/**
 * Applies the pending SQL migrations of a Prisma migrations folder, in order, each as one implicit transaction, and
 * records them as `prisma migrate deploy` does, without its engine. Concurrent callers queue (60 s at most), so each
 * migration is applied once. `url` must be a direct connection: the lock belongs to the session.
 *
 * Throws `MigrationError` where an earlier attempt failed and is unresolved (Prisma's P3009), where an applied file was
 * edited since, where the lock stays taken, or where a migration fails: its changes are rolled back and it stays
 * recorded as failed.
 */
export async function migrate(
  url: string,
  directory: string,
  log: (line: string) => void = () => undefined,
): Promise<{ applied: string[] }> {
  const migrations = readMigrations(directory);
  const client = new Client({ connectionString: url, application_name: 'inbrief-migrate' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await takeLock(client);
    await client.query(migrationsTable);
    const pending = await findPending(client, migrations);
    for (const migration of pending) {
      await apply(client, migration);
      log(`applied ${migration.name}`);
    }
    if (pending.length === 0) log('no pending migrations');
    return { applied: pending.map(({ name }) => name) };
  } finally {
    await client.end();
  }
}

async function takeLock(client: Client): Promise<void> {
  await client.query(`SET lock_timeout = '${lockTimeout}'`);
  try {
    await client.query('SELECT pg_advisory_lock($1)', [prismaMigrateLock]);
  } catch (error) {
    if (error instanceof DatabaseError && error.code === '55P03') {
      throw new MigrationError(
        `Another migration has held the lock for ${lockTimeout}; try again when it is done`,
      );
    }
    throw error;
  }
  await client.query('RESET lock_timeout');
}

async function findPending(client: Client, migrations: MigrationFile[]): Promise<MigrationFile[]> {
  const { rows } = await client.query<RecordedMigration>(
    'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
  );
  const failed = rows.find((row) => !row.finished_at);
  if (failed) {
    throw new MigrationError(
      `P3009: ${failed.migration_name} failed earlier and nothing more is applied until it is resolved: repair the ` +
        `cause, then run "npx prisma migrate resolve --rolled-back ${failed.migration_name}"`,
    );
  }
  const recorded = new Map(rows.map((row) => [row.migration_name, row.checksum]));
  for (const { name, checksum } of migrations) {
    if (recorded.has(name) && recorded.get(name) !== checksum) {
      throw new MigrationError(
        `${name} was edited after it was applied: restore it and write a new migration`,
      );
    }
  }
  return migrations.filter(({ name }) => !recorded.has(name));
}

async function apply(client: Client, { name, sql, checksum }: MigrationFile): Promise<void> {
  const id = randomUUID();
  await client.query('INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ($1, $2, $3)', [
    id,
    checksum,
    name,
  ]);
  try {
    // Without parameters this is one simple-protocol message, which Postgres runs as one implicit transaction.
    await client.query(sql);
  } catch (error) {
    const reason = describe(error, sql);
    // The script may have begun a transaction of its own.
    await client.query('ROLLBACK');
    await client.query('UPDATE _prisma_migrations SET logs = $2 WHERE id = $1', [id, reason]);
    throw new MigrationError(`${name} failed: ${reason}`, { cause: error });
  }
  // A setting or role that the script left on the session must not reach the next one.
  await client.query('RESET ALL; RESET ROLE');
  await client.query(
    'UPDATE _prisma_migrations SET finished_at = now(), applied_steps_count = 1 WHERE id = $1',
    [id],
  );
}

function describe(error: unknown, sql: string): string {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof DatabaseError) || !error.position) return message;
  const line = sql.slice(0, Number(error.position)).split('\n').length;
  return `line ${line}: ${message}`;
}
