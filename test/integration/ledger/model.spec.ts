import fc from 'fast-check';
import { Client } from 'pg';
import { LedgerWorld } from '../../fuzz/ledger-world';
import { anyStep } from '../../fuzz/ledger-steps';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { replaceInFunction } from '../../support/mutate';

const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));

describe(`the ledger, against a model in memory (FUZZ_SEED=${seed})`, () => {
  let database: TestDatabase;
  let db: Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    db = new Client({ connectionString: database.ownerUrl });
    await db.connect();
  });
  afterAll(async () => {
    await db.end();
    await database.drop();
  });

  const agrees = (steps: number, numRuns: number): Promise<void> =>
    fc.assert(
      fc.asyncProperty(
        fc.array(anyStep, { minLength: steps / 2, maxLength: steps, size: 'max' }),
        async (story) => {
          const world = await LedgerWorld.create(db);
          for (const step of story) await world.take(step);
          expect(await world.violations()).toEqual([]);
        },
      ),
      { seed, numRuns, endOnFailure: true },
    );

  it('agrees with it after every one of thousands of random steps, and breaks no invariant', async () => {
    await agrees(160, 20);
  }, 120_000);

  // Mutants: burn order without priority, holds from expired lots, a cap that forgets what is charged already, expiry
  // that eats what a debt needs, a claim rounded up, a reversal that pays twice, an adjustment without its key, a balance that changes under its readers' stamp.
  it.each([
    ['ledger_hold', 'order by priority, expires_at', 'order by expires_at'],
    ['ledger_hold', 'and (expires_at is null or expires_at > at)', ''],
    ['ledger_hold', `state in ('held', 'captured')));`, `state = 'held'));`],
    ['ledger_expire_wallet', '- max(w.debt)', ''],
    ['ledger_apply_claims', 'floor(', 'ceil('],
    ['ledger_apply_claims', '+ lot.debt - owed', '+ lot.debt'],
    ['ledger_apply_claims', 'least(greatest(-need, 0), lot.taken)', '0'],
    ['ledger_adjust', `key = 'adjust:' || p_key`, 'false'],
    ['renew_wallet_stamp', 'new.stamp := gen_random_uuid();', ''],
  ])(
    'notices a mutant of %s that replaces %s by "%s"',
    async (name, from, to) => {
      const original = await replaceInFunction(db, name, from, to);
      await expect(agrees(160, 25)).rejects.toThrow();
      await db.query(original);
    },
    60_000,
  );
});
