import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { Person } from './people';
import type { Act, Strike } from './plan';
import { trouble } from './upstreams';
import type { World } from './world';

/** Milliseconds that a crash point has to be passed in, before a process is killed elsewhere instead. */
const crashPatienceMs = 1_500;
const stallPatienceMs = 6_000;
const actPatienceMs = 8_000;

/** What was really done; deaths of processes are counted by the fleet. */
export type Tally = Map<string, number>;

/**
 * Does everything in the plan at its time. Deaths of a kind follow one another, so that each takes place and is counted. Where
 * starts take longer than the plan has room for they are late, and the storm's clock waits for them: mail that would arrive
 * after a death arrives after it, so that there is work to die in to the end.
 */
export async function blow(
  world: World,
  people: Person[],
  plan: Strike[],
  stopped: () => boolean,
): Promise<Tally> {
  const tally: Tally = new Map();
  const began = Date.now();
  /** When the next death of each kind is due. */
  const nextDeath = new Map<string, number>();
  const clockMs = (): number => Math.min(Date.now() - began, ...nextDeath.values());
  const due = async ({ atMs }: Strike): Promise<void> => {
    while (clockMs() < atMs && !stopped()) await sleep(20);
  };
  const isDeath = ({ kind }: Strike): boolean => kind === 'kill' || kind === 'crash';
  const deaths = (['kill', 'crash'] as const).map(async (kind) => {
    for (const strike of plan.filter((one) => one.kind === kind)) {
      nextDeath.set(kind, strike.atMs);
      await due(strike);
      if (stopped()) break;
      await play(strike);
    }
    nextDeath.delete(kind);
  });
  const others = plan
    .filter((strike) => !isDeath(strike))
    .map(async (strike) => {
      await due(strike);
      // What is left of the storm when its time is up does not happen; mail arrives all the same.
      if (!stopped() || strike.kind === 'mail') await play(strike);
    });
  /** What people try may fail: the storm is why. */
  async function play(strike: Strike): Promise<void> {
    const name = nameOf(strike);
    try {
      await strikes(world, people, strike);
      if (name) count(tally, name);
    } catch {
      count(tally, `${name ?? strike.kind}: in vain`);
    }
  }
  await Promise.all([...deaths, ...others]);
  return tally;
}

function nameOf(strike: Strike): string | undefined {
  switch (strike.kind) {
    case 'postgres':
      return `Postgres: ${strike.signal}`;
    case 'redis':
      return `Redis: ${strike.how}`;
    case 'wire':
      return `wire to ${strike.wire}: ${strike.how}`;
    case 'upstream':
      return strike.trouble;
    case 'stall':
      return `worker held still ${strike.point}`;
    case 'mail':
      return 'people: mail arrives';
    case 'act':
      return `people: ${strike.act}`;
    default:
      return undefined; // the fleet counts deaths
  }
}

async function strikes(world: World, people: Person[], strike: Strike): Promise<void> {
  switch (strike.kind) {
    case 'kill':
      return world.fleet.kill(strike.who, strike.pick);
    case 'crash':
      if (!(await world.fleet.crashAt(strike.who, strike.point, crashPatienceMs)))
        await world.fleet.kill(strike.who, strike.pick);
      return;
    case 'stall':
      if (!(await world.fleet.stall(strike.point, strike.forMs, stallPatienceMs)))
        throw new Error('No worker passed there');
      return;
    case 'postgres':
      await world.postgres.kill(strike.signal);
      await sleep(strike.downMs);
      return world.postgres.restart();
    case 'redis':
      return strike.how === 'flush' ? flush(world) : world.redis?.restart(strike.downMs);
    case 'wire':
      return bend(world, strike);
    case 'upstream':
      return trouble(strike.trouble, world.emulators);
    case 'mail':
      return arrive(people[strike.person]!, strike.mails);
    case 'act':
      return act(people[strike.person]!, strike.act);
  }
}

async function bend(world: World, strike: Strike & { kind: 'wire' }): Promise<void> {
  const wire = world.wires[strike.wire];
  if (strike.how === 'half-open') wire.halfOpen();
  else if (strike.how === 'slow') await wire.slow(150, strike.forMs);
  else await wire.cut(strike.forMs);
}

async function flush({ redis }: World): Promise<void> {
  if (!redis) return;
  const client = new Redis(redis.url, { maxRetriesPerRequest: 1, retryStrategy: () => null });
  client.on('error', () => undefined);
  try {
    await client.flushall();
  } finally {
    client.disconnect();
  }
}

/** The mail arrives in any case; its owner may have to ask again for it to be read. */
async function arrive(person: Person, mails: number): Promise<void> {
  await person.receive(mails);
  if (!person.gone) await person.sync(actPatienceMs);
}

async function act(person: Person, what: Act): Promise<void> {
  if (person.gone) return;
  switch (what) {
    case 'sync':
      return person.sync(actPatienceMs);
    case 'buy':
      return person.buy('starter', actPatienceMs);
    case 'leave':
      return person.leave();
    case 'cancel a mail':
      return person.cancelMail(actPatienceMs);
    case 'cancel a run':
      return person.cancelRun(actPatienceMs);
    default:
      return person.steer(what, actPatienceMs);
  }
}

function count(tally: Tally, name: string): void {
  tally.set(name, (tally.get(name) ?? 0) + 1);
}
