import { join } from 'node:path';
import { Pool } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { startPostgres } from '../../sandbox/postgres/postgres';
import { migrate } from '../../src/kernel/database/migrate';
import { migrationsDirectory } from '../../src/kernel/database/migration-files';
import type { BenchOptions } from './options';
import { Report } from './report';
import { seedMailbox, violationsOf } from '../support/ledger-fixtures';

const connections = 16;
const batch = 100;

type Work = (pool: Pool, users: string[], n: number) => Promise<unknown>;

interface Variant {
  name: string;
  unit: string;
  /** Units that one call of `work` does. */
  per: number;
  hot: boolean;
  work: Work;
}

const hold = (pool: Pool, user: string, emails: string[]) =>
  pool.query({
    name: 'hold',
    text: `select ledger_hold($1, $2, $3, '7 days')`,
    values: [user, emails, emails.map(() => uuidv7())],
  });
const cycle: Work = async (pool, users, n) => {
  const user = users[n % users.length]!;
  const emails = [uuidv7()];
  await hold(pool, user, emails);
  await pool.query({ name: 'capture', text: 'select ledger_capture($1, $2)', values: [user, emails] });
};
const batchHold: Work = (pool, users, n) =>
  hold(
    pool,
    users[n % users.length]!,
    Array.from({ length: batch }, () => uuidv7()),
  );
const plainUpdate: Work = (pool, users, n) =>
  pool.query({
    name: 'update',
    text: 'update credit_wallets set seq = seq where user_id = $1',
    values: [users[n % users.length]],
  });

const variants: Variant[] = [false, true].flatMap((hot) => {
  const where = hot ? 'one wallet' : 'many wallets';
  return [
    { name: `hold + capture, ${where}`, unit: 'cycles/s', per: 1, hot, work: cycle },
    { name: `batch hold of ${batch}, ${where}`, unit: 'holds/s', per: batch, hot, work: batchHold },
    { name: `plain update of the same rows, ${where}`, unit: 'statements/s', per: 1, hot, work: plainUpdate },
  ];
});

/** The ledger's calls over a Postgres of its own, with commits as durable as in production, beside a bare update. */
export async function benchLedger({ quick, seconds, rounds }: BenchOptions): Promise<void> {
  const report = new Report('ledger', quick);
  const dataDir = join(__dirname, '..', '..', '.inbrief', `bench-ledger-${process.pid}`);
  const postgres = await startPostgres({ dataDir, temporary: true });
  try {
    await migrate(postgres.url, migrationsDirectory);
    const pool = new Pool({ connectionString: postgres.url, max: connections });
    pool.on('error', () => undefined); // an idle connection may see the server stop
    const users = await fill(pool, quick ? 100 : 1_000);
    for (let round = 0; round < rounds; round += 1)
      for (const variant of variants)
        report.add(variant.name, 'ledger', variant.unit, await measure(pool, users, variant, seconds));
    // No job stands behind these mails, so the one invariant across modules cannot hold.
    const violations = (await violationsOf(pool)).filter(({ invariant }) => invariant !== 'I8');
    report.atLeast(
      'cycles/s over many wallets',
      report.median('hold + capture, many wallets', 'ledger'),
      1_500,
    );
    report.atLeast('cycles/s on one wallet', report.median('hold + capture, one wallet', 'ledger'), 500);
    report.atLeast('batch holds/s', report.median(`batch hold of ${batch}, many wallets`, 'ledger'), 10_000);
    report.atMost('broken invariants', violations.length, 0);
    if (violations.length > 0) process.exitCode = 1;
    await pool.end();
  } finally {
    await postgres.stop();
  }
  report.finish();
}

async function fill(pool: Pool, wallets: number): Promise<string[]> {
  const users = await Promise.all(
    Array.from({ length: wallets }, async () => (await seedMailbox(pool, 0)).userId),
  );
  for (const user of users)
    await pool.query(`select ledger_grant($1, $2, 'promotion', $3, 100000000)`, [user, uuidv7(), user]);
  await pool.query('vacuum analyze');
  return users;
}

/** Units per second, every connection busy. */
async function measure(
  pool: Pool,
  users: string[],
  { hot, per, work }: Variant,
  seconds: number,
): Promise<number> {
  const chosen = hot ? users.slice(0, 1) : users;
  const start = performance.now();
  let calls = 0;
  let next = 0;
  const lane = async () => {
    while (performance.now() - start < seconds * 1_000) {
      await work(pool, chosen, next++);
      calls += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, lane));
  return (calls * per) / ((performance.now() - start) / 1_000);
}
