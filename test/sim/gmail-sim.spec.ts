import { AsyncResource } from 'node:async_hooks';
import type { UnitOfWork } from '../../src/kernel/database/unit-of-work';
import type { WalkProgress } from '../../src/gmail/walks.repository';
import { createTestDatabase } from '../support/database';
import { MortalWalks } from './mortal-walks';
import type { Chance } from './random';
import { type Run, simulate, type Simulation } from './simulate';

async function run(simulation: Simulation): Promise<Run> {
  const database = await createTestDatabase();
  try {
    return await simulate(database, simulation);
  } finally {
    await database.drop();
  }
}

/** The mutant: the cursor is committed before the rows that it stands for. */
class CursorFirst extends MortalWalks {
  private readonly outside = AsyncResource.bind((work: () => Promise<boolean>) => work());

  constructor(
    private readonly units: UnitOfWork,
    chance: Chance,
    deadliness: number,
  ) {
    super(units, chance, deadliness);
  }

  override advance(id: string, lease: string, progress: WalkProgress): Promise<boolean> {
    return this.outside(() =>
      this.units.readAsService('move the cursor too early', () => super.advance(id, lease, progress)),
    );
  }
}

describe('a mailbox that lives while walkers die over it', () => {
  it.each([11, 12, 13])(
    'is discovered whole, each mail once, and its cursor never goes back (seed %i)',
    async (seed) => {
      const outcome = await run({ seed, mails: 500 });
      expect(outcome).toMatchObject({ missing: 0, duplicates: 0, strays: 0 });
      expect(outcome.broken).toBeGreaterThan(0);
      expect(outcome.discovered).toBeGreaterThan(100);
    },
    120_000,
  );

  it('loses mails when the cursor moves before the rows: the simulation can fail', async () => {
    let missing = 0;
    for (let seed = 11; missing === 0 && seed < 21; seed += 1)
      missing += (await run({ seed, mails: 500, repository: (...facts) => new CursorFirst(...facts) }))
        .missing;
    expect(missing).toBeGreaterThan(0);
  }, 240_000);
});
