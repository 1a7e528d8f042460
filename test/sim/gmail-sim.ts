import { parseArgs } from 'node:util';
import { createTestDatabase } from '../support/database';
import tearDown from '../support/postgres.global-teardown';
import setUp from '../support/postgres.global';
import { simulate } from './simulate';

/**
 * `npm run gmail:sim -- --seed S --mails N [--seeds K]`: K simulated mailboxes of N mails, from seed S on. The last line
 * is `missing: N duplicates: N` over all of them; exits 1 unless both are 0 and nothing strayed.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      mails: { type: 'string', default: '500' },
      seeds: { type: 'string', default: '1' },
    },
  });
  const [seed, mails, seeds] = [values.seed, values.mails, values.seeds].map(Number);
  if (![seed, mails, seeds].every((value) => Number.isInteger(value)))
    throw new Error('--seed, --mails and --seeds take whole numbers');
  const totals = { missing: 0, duplicates: 0, strays: 0 };
  await setUp();
  try {
    for (let n = 0; n < (seeds ?? 1); n += 1) {
      const run = await once((seed ?? 1) + n, mails ?? 500);
      totals.missing += run.missing;
      totals.duplicates += run.duplicates;
      totals.strays += run.strays;
    }
  } finally {
    await tearDown();
  }
  if (totals.strays > 0) print(`strays: ${totals.strays}`);
  print(`missing: ${totals.missing} duplicates: ${totals.duplicates}`);
  process.exitCode = totals.missing + totals.duplicates + totals.strays === 0 ? 0 : 1;
}

async function once(seed: number, mails: number): ReturnType<typeof simulate> {
  const database = await createTestDatabase();
  try {
    const begun = Date.now();
    const run = await simulate(database, { seed, mails });
    const figures = Object.entries(run).map(([name, count]) => `${name} ${count}`);
    print(`seed ${seed}: ${figures.join(', ')}, ${((Date.now() - begun) / 1000).toFixed(1)} s`);
    return run;
  } finally {
    await database.drop();
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
