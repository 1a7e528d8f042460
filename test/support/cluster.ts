import { join } from 'node:path';
import { Client } from 'pg';
import { startPostgres } from '../../sandbox/postgres/postgres';
import { migrate } from '../../src/kernel/database/migrate';
import { migrationsDirectory } from '../../src/kernel/database/migration-files';
import { provisionLogin } from '../../src/kernel/database/provision';
import { isPooled, Pooler } from './pooler';

/** What the workers need to make databases of their own. */
export interface TestCluster {
  /** Superuser, database `postgres`. */
  adminUrl: string;
  login: { role: string; password: string };
  template: string;
  /** The application's way in where a pooler stands before Postgres. */
  poolerPort?: number;
}

export interface RunningTestCluster {
  cluster: TestCluster;
  stop(): Promise<void>;
}

const login = { role: 'inbrief_app', password: 'inbrief-app-test' };
const template = 'inbrief_template';

/**
 * Starts one fast cluster and puts the migrated, provisioned template into it. `INBRIEF_TEST_POSTGRES` names the folder of
 * another Postgres than npm's, `INBRIEF_TEST_POOLER=pgbouncer` puts a transaction-mode pooler before it.
 */
export async function startTestCluster(): Promise<RunningTestCluster> {
  const { INBRIEF_TEST_POSTGRES: binaries } = process.env;
  const dataDir = join(__dirname, '..', '..', '.inbrief', `test-postgres-${process.pid}`);
  const postgres = await startPostgres({
    dataDir,
    fast: true,
    temporary: true,
    ...(binaries && { binaries }),
  });
  try {
    await query(postgres.url, `CREATE DATABASE ${template}`);
    const templateUrl = databaseUrl(postgres.url, template);
    await migrate(templateUrl, migrationsDirectory);
    await provisionLogin(templateUrl, login);
    // A database with a session in it cannot be cloned, so nobody may enter it from now on.
    await query(postgres.url, `ALTER DATABASE ${template} WITH ALLOW_CONNECTIONS false IS_TEMPLATE true`);
    const pooler = isPooled ? await Pooler.start(postgres.port, login) : undefined;
    const cluster = { adminUrl: postgres.url, login, template, ...(pooler && { poolerPort: pooler.port }) };
    const stop = async (): Promise<void> => {
      await pooler?.stop();
      await postgres.stop();
    };
    return { cluster, stop };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

/** The same server and account, another database. */
export function databaseUrl(url: string, database: string): string {
  const target = new URL(url);
  target.pathname = `/${database}`;
  return target.toString();
}

/** One statement on a connection of its own. */
export async function query(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
