import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { Client } from 'pg';
import { startPostgres } from '../../sandbox/postgres/postgres';
import { migrate } from '../../src/kernel/database/migrate';
import { migrationsDirectory } from '../../src/kernel/database/migration-files';
import type { Violation } from '../support/ledger-fixtures';
import { anyStep } from './ledger-steps';
import { LedgerWorld } from './ledger-world';

/** Steps that one set of wallets lives for: later ones find every mail charged and every key used. Then comes a look. */
const generation = 250;

/**
 * `npm run ledger:fuzz -- --seed S --steps N`: random steps against the real ledger and the model, the same for the same
 * seed. The last line is `violations: N`; exits 1 unless N is 0 and the model agreed at every step.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { seed: { type: 'string' }, steps: { type: 'string', default: '2000' } },
  });
  const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
  const steps = Number(values.steps);
  if (!Number.isInteger(seed) || !Number.isInteger(steps) || steps < 1)
    throw new Error('--seed and --steps take whole numbers');
  print(`seed: ${seed}, steps: ${steps}`);
  const dataDir = join(__dirname, '..', '..', '.inbrief', `ledger-fuzz-${process.pid}`);
  mkdirSync(join(dataDir, '..'), { recursive: true });
  const postgres = await startPostgres({ dataDir, fast: true, temporary: true });
  try {
    await migrate(postgres.url, migrationsDirectory);
    const db = new Client({ connectionString: postgres.url });
    await db.connect();
    const violations = await run(db, seed, steps).finally(() => db.end());
    for (const { invariant, subject, detail } of violations) print(`${invariant} ${subject}: ${detail}`);
    print(`violations: ${violations.length}`);
    process.exitCode = violations.length === 0 ? 0 : 1;
  } finally {
    await postgres.stop();
  }
}

/** Stops at the first violations; a difference between ledger and model throws with the step that showed it. */
async function run(db: Client, seed: number, steps: number): Promise<Violation[]> {
  let world = await LedgerWorld.create(db);
  for (const [index, step] of fc.sample(anyStep, { seed, numRuns: steps }).entries()) {
    try {
      await world.take(step);
    } catch (error) {
      print(`step ${index}: ${JSON.stringify(step)}`);
      throw error;
    }
    if ((index + 1) % generation !== 0) continue;
    const violations = await world.violations();
    if (violations.length > 0) return violations;
    world = await LedgerWorld.create(db);
  }
  return world.violations();
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
