import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { databaseUrl, query, type TestCluster } from './cluster';

export interface TestDatabase {
  /** As the application's login role: owns nothing, sees nothing outside a unit of work. */
  appUrl: string;
  /** As superuser: past row-level security, for arranging and checking. */
  ownerUrl: string;
  /** Ends every session in the database and drops it. */
  drop(): Promise<void>;
}

/** Port of each pooler, and of the Postgres behind it. */
const poolers = new Map<string, string>();

/** The way past a pooler, for what needs a session of its own; the URL itself where there is no pooler. */
export function directUrl(appUrl: string): string {
  const url = new URL(appUrl);
  url.port = poolers.get(url.port) ?? url.port;
  return url.toString();
}

let known: Promise<TestCluster> | undefined;

/** A migrated database of one's own, cloned from the template in about 20 ms. Call `drop` in `afterAll`. */
export function createTestDatabase(): Promise<TestDatabase> {
  return create((cluster) => cluster.template);
}

/** An empty database without migrations; its `appUrl` has no rights in it. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return create(() => 'template1');
}

/** Has commits of sessions that begin from now on wait for the disk; the server of the tests is fast, and waits for none by itself. */
export async function waitForTheDisk({ ownerUrl }: TestDatabase): Promise<void> {
  await query(ownerUrl, `ALTER DATABASE ${new URL(ownerUrl).pathname.slice(1)} SET synchronous_commit = on`);
}

async function create(template: (cluster: TestCluster) => string): Promise<TestDatabase> {
  const cluster = await (known ??= askForCluster());
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await query(cluster.adminUrl, `CREATE DATABASE ${name} TEMPLATE ${template(cluster)}`);
  const ownerUrl = databaseUrl(cluster.adminUrl, name);
  const appUrl = new URL(ownerUrl);
  appUrl.username = cluster.login.role;
  appUrl.password = cluster.login.password;
  if (cluster.poolerPort) {
    poolers.set(String(cluster.poolerPort), appUrl.port);
    appUrl.port = String(cluster.poolerPort);
  }
  return {
    appUrl: appUrl.toString(),
    ownerUrl,
    drop: () => query(cluster.adminUrl, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}

async function askForCluster(): Promise<TestCluster> {
  const port = process.env.INBRIEF_TEST_POSTGRES_PORT;
  if (!port)
    throw new Error("Test databases exist under Jest's global set-up only (test/support/postgres.global.ts)");
  const answer = JSON.parse(await text(connect(Number(port), '127.0.0.1'))) as {
    cluster?: TestCluster;
    error?: string;
  };
  if (!answer.cluster) throw new Error(`The test cluster could not be started: ${answer.error}`);
  return answer.cluster;
}
