import { setTimeout as sleep } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import { Api } from '../../../sandbox/demo/api';
import { consent, register, sync } from '../../../sandbox/demo/journey';
import { cpuOf } from '../cpu';
import type { BenchOptions } from '../options';
import { Report } from '../report';
import { type BenchWorld, type Running, startBenchWorld } from '../world';
import type { BarePlan } from './bare.main';
import { answerAtOnce } from './answer';
import { Crew } from './crew';
import { fillWithLetters } from './mailbox';

const concurrency = 10;
/** Mailboxes that a process works through before it counts: V8 goes on optimising for so many mails. Their figures are shown beside. */
const warmUps = 3;
/** Milliseconds to wait for a mailbox, and for each of its mails, on a machine that does other things too. */
const [patienceMs, patienceOfMailMs] = [240_000, 500];

export interface Flow {
  seconds: number;
  /** CPU of the processes that do the work, in milliseconds for each mail. */
  cpuMs: number;
}

/** Mails through the whole product, from discovery to captured credit, beside a script that does the least. */
export async function benchPipeline({ quick, rounds }: BenchOptions): Promise<void> {
  const report = new Report('pipeline', quick);
  const world = await startBenchWorld('pipeline', true);
  const stops = [() => world.stop()];
  const [warmUp, resumed, mails] = quick ? [20, 10, 40] : [300, 200, 600];
  try {
    await answerAtOnce(world.emulators?.anthropic ?? '');
    const api = await world.startProduct('api');
    const crew = new Crew([await startWorker(world), await startWorker(world)]);
    stops.push(() => crew.letRun(crew.all));
    const bare = world.startProgram('pipeline/bare.main.ts');
    for (let first = 0; first < warmUps; first += 1) {
      for (const worker of crew.all) {
        await crew.letRun([worker]);
        report.add(
          'first mails',
          'inbrief, one worker',
          'ms',
          (await flow(world, api, [worker], warmUp)).cpuMs,
        );
      }
      report.add('first mails', 'bare script', 'ms', (await leastWork(world, bare, warmUp)).cpuMs);
    }
    const turn = async (variant: string, work: (mails: number) => Promise<Flow>): Promise<void> => {
      await work(resumed);
      const { seconds, cpuMs } = await work(mails);
      report.add('mails', variant, 'mails/s', mails / seconds);
      report.add('CPU of a mail', variant, 'ms', cpuMs);
    };
    for (let round = 0; round < rounds; round += 1) {
      for (const workers of [crew.all.slice(0, 1), crew.all]) {
        await crew.letRun(workers);
        const variant = `inbrief, ${workers.length === 1 ? 'one worker' : 'two workers'}`;
        await turn(variant, (count) => flow(world, api, workers, count));
      }
      await turn('bare script', (count) => leastWork(world, bare, count));
    }
    const [ours, least] = ['inbrief, one worker', 'bare script'].map((who) =>
      report.median('CPU of a mail', who),
    );
    report.atMost('CPU of a mail, of the bare script’s', ours! / least!, 2);
    const [one, two] = ['one worker', 'two workers'].map((who) => report.median('mails', `inbrief, ${who}`));
    report.atLeast('mails/s with a second worker, of one’s', two! / one!, 1.01);
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
  report.finish();
}

const startWorker = (world: BenchWorld): Promise<Running> =>
  world.startProduct('worker', { WORKER_CONCURRENCY: String(concurrency) });

/** Lets a new reader connect a mailbox with so many mails, and waits until each of them is paid for. */
export async function flow(
  world: BenchWorld,
  api: Running,
  workers: readonly Running[],
  mails: number,
): Promise<Flow> {
  const caller = new Api(api.url);
  const email = `reader-${uuidv7()}@example.com`;
  const emulator = world.emulators?.google ?? '';
  await fillWithLetters(emulator, email, mails);
  const page = await register(caller, { email, password: 'correct horse battery staple' });
  const [user] = await world.sql<{ id: string }>('select id from users where email = $1', [email]);
  if (!user) throw new Error('Nobody was registered');
  await world.sql(`select ledger_grant($1, $2, 'promotion', $3, $4)`, [
    user.id,
    uuidv7(),
    user.id,
    mails + 10,
  ]);
  await consent(page, email, api.url);
  const before = cpuOfAll(workers);
  const began = performance.now();
  await sync(caller);
  await captured(world, user.id, mails);
  const seconds = (performance.now() - began) / 1_000;
  return { seconds, cpuMs: (cpuOfAll(workers) - before) / 1_000 / mails };
}

async function leastWork(world: BenchWorld, bare: Running['child'], mails: number): Promise<Flow> {
  const { google = '', anthropic = '' } = world.emulators ?? {};
  const email = `bare-${uuidv7()}@example.com`;
  await fillWithLetters(google, email, mails);
  const minted = await fetch(`${google}/__control/mint-tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, scope: 'https://www.googleapis.com/auth/gmail.modify' }),
  });
  const { access_token: accessToken } = (await minted.json()) as { access_token: string };
  const plan: BarePlan = { google, anthropic, accessToken, databaseUrl: world.ownerUrl, concurrency };
  const before = cpuOf(bare.process.pid);
  const began = performance.now();
  const done = await bare.ask<number>(plan);
  if (done !== mails) throw new Error(`The bare script did ${done} of ${mails} mails`);
  const seconds = (performance.now() - began) / 1_000;
  return { seconds, cpuMs: (cpuOf(bare.process.pid) - before) / 1_000 / mails };
}

async function captured(world: BenchWorld, user: string, mails: number): Promise<void> {
  const patience = patienceMs + mails * patienceOfMailMs;
  const deadline = performance.now() + patience;
  for (;;) {
    const [row] = await world.sql<{ captured: number }>(
      `select count(*)::int as captured from credit_holds where user_id = $1 and state = 'captured'`,
      [user],
    );
    if (row && row.captured >= mails) return;
    if (performance.now() > deadline)
      throw new Error(`${row?.captured ?? 0} of ${mails} mails after ${patience} ms`);
    await sleep(50);
  }
}

const cpuOfAll = (workers: readonly Running[]): number =>
  workers.reduce((sum, { child }) => sum + cpuOf(child.process.pid), 0);
