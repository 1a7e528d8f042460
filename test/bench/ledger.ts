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

/** Whether commits wait for the disk, as where a person asks, or not, as where an event does. */
const askers = ['a person', 'an event'] as const;
type Asker = (typeof askers)[number];

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

/** `per`: units that one call does. Batches come last: they leave hundreds of thousands of rows to be vacuumed while others run. */
const works: { name: string; unit: string; per: number; work: Work }[] = [
  { name: 'hold + capture', unit: 'cycles/s', per: 1, work: cycle },
  { name: 'plain update', unit: 'statements/s', per: 1, work: plainUpdate },
  { name: 'batch hold', unit: 'holds/s', per: batch, work: batchHold },
];

/** The ledger's calls over a Postgres of its own, with commits as in production, beside a bare update. */
export async function benchLedger({ quick, seconds, rounds }: BenchOptions): Promise<void> {
  const report = new Report('ledger', quick);
  const dataDir = join(__dirname, '..', '..', '.inbrief', `bench-ledger-${process.pid}`);
  const postgres = await startPostgres({ dataDir, temporary: true });
  try {
    await migrate(postgres.url, migrationsDirectory);
    const pools: Record<Asker, Pool> = {
      'a person': poolOf(postgres.url),
      'an event': poolOf(postgres.url, '-c synchronous_commit=off'),
    };
    const pool = pools['a person'];
    const users = await fill(pool, quick ? 100 : 1_000);
    let next = 0;
    const wallets = { 'many wallets': users, 'one wallet': users.slice(0, 1) };
    for (const { name, unit, per, work } of works)
      for (let round = 0; round < rounds; round += 1)
        for (const [where, owners] of Object.entries(wallets))
          for (const asker of askers) {
            const calls = await callsPerSecond(() => work(pools[asker], owners, next++), seconds);
            report.add(`${name}, ${where}`, `for ${asker}`, unit, calls * per);
          }
    // No job stands behind these mails, so the one invariant across modules cannot hold.
    const violations = (await violationsOf(pool)).filter(({ invariant }) => invariant !== 'I8');
    // A mail's hold and capture are asked for by events.
    const medianOf = (name: string) => report.median(name, 'for an event');
    report.atLeast('cycles/s over many wallets', medianOf('hold + capture, many wallets'), 1_500);
    report.atLeast('cycles/s on one wallet', medianOf('hold + capture, one wallet'), 500);
    report.atLeast('batch holds/s', medianOf('batch hold, many wallets'), 10_000);
    report.atMost('broken invariants', violations.length, 0);
    if (violations.length > 0) process.exitCode = 1;
    for (const each of Object.values(pools)) await each.end();
  } finally {
    await postgres.stop();
  }
  report.finish();
}

function poolOf(connectionString: string, options?: string): Pool {
  const pool = new Pool({ connectionString, max: connections, options });
  pool.on('error', () => undefined); // an idle connection may see the server stop
  return pool;
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

/** Every connection busy. */
async function callsPerSecond(call: () => Promise<unknown>, seconds: number): Promise<number> {
  const start = performance.now();
  let calls = 0;
  const lane = async () => {
    while (performance.now() - start < seconds * 1_000) {
      await call();
      calls += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, lane));
  return calls / ((performance.now() - start) / 1_000);
}
