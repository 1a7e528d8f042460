import { setTimeout as sleep } from 'node:timers/promises';
import { type ChaosOptions, readOptions, usage } from './options';
import { readOutcome, unrest, waitingOf } from './outcome';
import { Person } from './people';
import { laterShare, planOf } from './plan';
import { blow } from './storm';
import { calm } from './upstreams';
import { faultsOf, report } from './verdict';
import { startWorld, type World } from './world';

const began = Date.now();
const tellEveryMs = 5_000;
/** A machine that starts processes more slowly than the plan kills them plays it more slowly, up to so many times. */
const longestStorm = 4;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function step(done: string): void {
  say(`  ${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s  ${done}`);
}

/** Breaks the product for a while, lets it come to rest, and answers what was wrong then. */
async function chaos(world: World, options: ChaosOptions): Promise<string[]> {
  const { seed, emails, minutes, killsPerMinute, points } = options;
  const count = Math.min(12, Math.max(4, Math.round(emails / 150)));
  const people = Array.from({ length: count }, (_, n) => new Person(n, world.apiUrl, world.emulators.google));
  await Promise.all(people.map((person, n) => arrive(person, n, count, emails)));
  step(`${count} people have registered, connected a mailbox and paid; half of the mail has arrived`);
  const plan = planOf({
    seed,
    minutes,
    killsPerMinute,
    emails,
    people: count,
    redis: world.redis !== undefined,
    points,
  });
  const stormBegan = Date.now();
  const watch = setInterval(() => void tell(world), tellEveryMs);
  const isOver = (): boolean => Date.now() - stormBegan > longestStorm * minutes * 60_000;
  const faults = await blow(world, people, plan, isOver).finally(() => clearInterval(watch));
  const restBegan = Date.now();
  step('the storm is over');
  const isAtRest = await rest(world, people, options.patienceMs);
  const outcome = await readOutcome(world, people);
  const seconds = { storm: (restBegan - stormBegan) / 1000, rest: (Date.now() - restBegan) / 1000 };
  const { deaths, kills } = world.fleet;
  const backend = world.redis ? 'Redis' : 'Postgres';
  say(`\n${report({ options, backend, deaths, faults, kills, seconds }, outcome)}\n`);
  return [...isAtRest, ...faultsOf(outcome)];
}

/** One of the people has only the welcome credits at first, so that mails wait for money. */
async function arrive(person: Person, number: number, count: number, emails: number): Promise<void> {
  const isPoor = number === 1;
  await person.arrive(isPoor ? 1 : emails);
  const first = Math.round(emails * (1 - laterShare));
  await person.receive(Math.floor(((number + 1) * first) / count) - Math.floor((number * first) / count));
  await person.sync();
}

/** Heals everything and waits until nothing is on its way; answers what still was when patience ended. */
async function rest(world: World, people: Person[], patienceMs: number): Promise<string[]> {
  await calm(world.emulators);
  const deadline = Date.now() + patienceMs;
  await people[0]?.leave();
  const staying = people.filter(({ gone }) => !gone);
  for (const person of staying) {
    await person.steer('resume');
    await person.sync();
  }
  let told = 0;
  for (;;) {
    const left = await unrest(world);
    if (left.length === 0) {
      step('all is at rest');
      return [];
    }
    if (Date.now() > deadline) return [`not at rest after ${patienceMs / 1000} s: ${left.join(', ')}`];
    if (Date.now() - told > tellEveryMs) {
      step(`left: ${left.join(', ')}`);
      told = Date.now();
    }
    for (const person of staying) {
      const waiting = await waitingOf(world, person.email);
      if (waiting > 0) await person.settleUp(waiting);
    }
    await sleep(500);
  }
}

async function tell(world: World): Promise<void> {
  const left = await unrest(world).catch(() => ['Postgres is away']);
  step(`${world.fleet.kills} kills; left: ${left.join(', ')}`);
}

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') {
    say(usage);
    return 0;
  }
  const { seed, emails, minutes, mutant } = options;
  say(`\nchaos: seed ${seed}, ${emails} mails, ${minutes} min${mutant ? `, mutant ${mutant}` : ''}\n`);
  const world = await startWorld(options);
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopping ??= world.stop());
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void stop().finally(() => process.exit(130)));
  try {
    step('API, workers, emulators and the wires between them are up');
    const faults = await chaos(world, options);
    for (const fault of faults) say(`FAULT: ${fault}`);
    say(
      faults.length === 0 ? `seed ${seed}: nothing lost, nothing doubled` : `The logs lie in ${world.logs}`,
    );
    return faults.length === 0 ? 0 : 1;
  } finally {
    await stop();
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
