import { setTimeout as wait } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import { WalkMailbox } from '../../src/gmail/contracts';
import { WalksRepository } from '../../src/gmail/walks.repository';
import type { UnitOfWork } from '../../src/kernel/database/unit-of-work';
import { GmailWorld, type Outcome } from './gmail-world';
import { live } from './mailbox-life';
import { MortalWalks } from './mortal-walks';
import { Chance } from './random';
import { badWeather } from './weather';

/** How a run is to go. */
export interface Simulation {
  seed: number;
  /** Mails that arrive in all. */
  mails: number;
  /** Makes the repository of a walker; a mutant's, for tests of this simulation. */
  repository?: (uow: UnitOfWork, chance: Chance, deadliness: number) => WalksRepository;
}

/** What happened on the way. */
export interface Run extends Outcome {
  walks: number;
  /** Walks that did not reach their end: killed, refused, or overtaken. */
  broken: number;
}

const deadliness = 0.04;

/**
 * A mailbox lives while it is read, in bad weather: pushes get lost or come twice, walkers die or are taken for dead, and
 * the history is forgotten. Then the weather clears and the poll comes round; after that every mail must be there, once.
 */
export async function simulate(
  urls: { appUrl: string; ownerUrl: string },
  { seed, mails, repository = (...facts) => new MortalWalks(...facts) }: Simulation,
): Promise<Run> {
  const chance = new Chance(seed);
  const world = await GmailWorld.create(urls, () => chance.next());
  const run = { walks: 0, broken: 0 };
  let over = false;
  let asked = true;

  const walk = async (walks: WalksRepository): Promise<void> => {
    run.walks += 1;
    const command = new WalkMailbox(world.userId, world.connectionId, uuidv7());
    await world.process
      .walker(walks)
      .execute(command)
      .catch(() => (run.broken += 1));
  };
  const changed = async (): Promise<void> => {
    world.look();
    const deliveries = chance.hits(0.3) ? 0 : chance.hits(0.2) ? 2 : 1;
    for (let n = 0; n < deliveries; n += 1) if (await world.push()) asked = true;
    if (chance.hits(0.05)) world.google.tokens.expireAccessTokens(world.mailbox.email);
  };
  const reading = async (): Promise<void> => {
    while (!over) {
      if (!asked && !chance.hits(0.1)) {
        await wait(5);
        continue;
      }
      asked = false;
      const walking = walk(repository(world.process.uow, chance, deadliness));
      // Sometimes a walker is only taken for dead: it goes on while another takes its mailbox over.
      await (chance.hits(0.2) ? Promise.race([walking, wait(chance.between(1, 60))]) : walking);
      await world.expireLease();
      zombies.push(walking);
    }
  };

  const zombies: Promise<void>[] = [];
  try {
    for (const fault of badWeather(seed)) world.emulator.faults.add(fault);
    const read = reading();
    await live(world.mailbox, mails, chance, changed);
    over = true;
    await read;
    await Promise.all(zombies);
    world.emulator.faults.clear();
    await world.expireLease();
    for (let poll = 0; poll < 2; poll += 1) await walk(new WalksRepository(world.process.uow));
    return { ...run, ...(await world.outcome()) };
  } finally {
    over = true;
    await world.close();
  }
}
