import { setTimeout as sleep } from 'node:timers/promises';
import { Api } from '../../sandbox/demo/api';
import { consent, follow, register, sync, until } from '../../sandbox/demo/journey';
import { createOpaqueToken } from '../../src/kernel/crypto/opaque-token';
import { type BenchWorld, type Running, startBenchWorld } from '../bench/world';
import { grant, queueBacklog, sendLetters } from '../support/backlog';
import { hasRedis, RedisServer } from '../support/redis';
import { type FairnessOptions, readOptions, usage } from './options';
import { lookAtBullMq, lookAtMetric, lookAtRows, QueueWatch } from './queue-watch';
import { faultsOf, type Outcome, report, type Visit } from './verdict';

const began = Date.now();
const backlogOwner = 'backlog@example.com';

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function step(done: string): void {
  say(`  ${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s  ${done}`);
}

/** Everybody here reaches the product as its callers do; only what took hours to come about is written into the database. */
class Town {
  private arrivals = 0;

  constructor(
    private readonly options: FairnessOptions,
    private readonly world: BenchWorld,
    private readonly api: Running,
  ) {}

  /** Registers and connects an empty mailbox; resolves when it has been read for the first time. */
  async arrive(email: string): Promise<Api> {
    const caller = new Api(this.api.url);
    await this.tell('google', 'mailboxes', { email });
    await consent(
      await register(caller, { email, password: 'correct horse battery staple' }),
      email,
      this.api.url,
    );
    await follow(caller, await sync(caller), () => undefined);
    return caller;
  }

  /** A new user gets their mails, and has them summarised; tells how long that took. */
  async visit(): Promise<Visit> {
    const { own, patienceMs } = this.options;
    this.arrivals += 1;
    const email = `visitor-${this.arrivals}@example.com`;
    const caller = await this.arrive(email);
    await grant(this.world.sql, email, own);
    await sendLetters({ google: this.google, email }, own);
    const othersBefore = await this.done(backlogOwner);
    const start = performance.now();
    await sync(caller);
    while ((await this.count(`credit_holds where state = 'captured'`, email)) < own) {
      if (performance.now() - start > patienceMs)
        throw new Error(`${await this.done(email)} of ${own} mails after ${patienceMs / 1_000} s`);
      await sleep(50);
    }
    const seconds = (performance.now() - start) / 1_000;
    return { seconds, othersDone: (await this.done(backlogOwner)) - othersBefore };
  }

  async visits(): Promise<Visit[]> {
    const visits: Visit[] = [];
    while (visits.length < this.options.rounds) visits.push(await this.visit());
    return visits;
  }

  /** Someone with more mails than the workers can do in a while; resolves when those are busy with them. */
  async pileUp(): Promise<Api> {
    const { mails, workers, concurrency } = this.options;
    const caller = await this.arrive(backlogOwner);
    await queueBacklog(this.world.sql, { google: this.google, email: backlogOwner }, mails);
    const busy = Math.min(mails / 10, 3 * workers * concurrency);
    await until(async () => (await this.done(backlogOwner)) >= busy, 'the workers to be busy');
    return caller;
  }

  /** No more mails are started; resolves when none is under way and every event has had its consequences. */
  async comeToRest(caller: Api): Promise<void> {
    await caller.post('/api/jobs/pause', {});
    const busy = `select 1 from processing_jobs where state = 'running' or dispatched_at is not null
      union all select 1 from outbox_messages where published_at is null and dead_at is null`;
    await until(async () => (await this.world.sql(busy)).length === 0, 'rest');
  }

  waiting(): Promise<number> {
    return this.count(`processing_jobs where state = 'queued'`, backlogOwner);
  }

  async tell(vendor: 'google' | 'anthropic', what: string, body: object): Promise<void> {
    const answer = await fetch(`${this.world.emulators?.[vendor]}/__control/${what}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${vendor} answered ${answer.status}: ${await answer.text()}`);
  }

  private get google(): string {
    return this.world.emulators?.google ?? '';
  }

  private done(email: string): Promise<number> {
    return this.count(`processing_jobs where state = 'done'`, email);
  }

  /** Rows of this user's. */
  private async count(what: string, email: string): Promise<number> {
    const rows = await this.world.sql<{ n: number }>(
      `select count(*)::int as n from ${what} and user_id = (select id from users where email = $1)`,
      [email],
    );
    return rows[0]?.n ?? 0;
  }
}

async function fairness(options: FairnessOptions, world: BenchWorld, redis?: RedisServer): Promise<Outcome> {
  const { workers, concurrency, latencyMs } = options;
  const key = createOpaqueToken('ibs_');
  const env = {
    LOG_LEVEL: 'warn',
    WORKER_CONCURRENCY: String(concurrency),
    SERVICE_KEYS: `fairness:metrics:${key.hash.toString('hex')}`,
    ...(redis && { REDIS_URL: redis.url }),
  };
  const api = await world.startProduct('api', env);
  const startHalf = async (): Promise<Running[]> => {
    const started: Running[] = [];
    while (started.length < workers / 2) started.push(await world.startProduct('worker', env));
    return started;
  };
  const [first] = await startHalf();
  const town = new Town(options, world, api);
  await town.tell('anthropic', 'latency', { ms: latencyMs });
  await town.visit();
  step(`${workers / 2} of ${workers} workers are up and warm`);
  const bullMq = redis && lookAtBullMq(redis.url);
  const watch = QueueWatch.start([
    ...(bullMq ? [bullMq] : []),
    lookAtRows(world.sql),
    lookAtMetric(first?.url ?? '', key.token),
  ]);
  try {
    const alone = await town.visits();
    step('alone: done');
    await startHalf();
    const caller = await town.pileUp();
    step(`all workers are up; one user has ${await town.waiting()} mails waiting`);
    const beside = await town.visits();
    const left = await town.waiting();
    step(`beside them: done, and ${left} still wait`);
    await town.comeToRest(caller);
    const violations = (await world.sql('select * from ledger_violations')).length;
    const backend = redis ? 'Redis' : 'Postgres';
    return { backend, alone, beside, depths: await watch.stop(), left, violations };
  } finally {
    await watch.stop();
    await bullMq?.close();
  }
}

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') {
    say(usage);
    return 0;
  }
  say(`\nfairness: ${options.own} mails of one user beside ${options.mails} of another\n`);
  const world = await startBenchWorld('fairness', true);
  const redis = hasRedis && !options.noRedis ? await RedisServer.start() : undefined;
  try {
    const outcome = await fairness(options, world, redis);
    const faults = faultsOf(outcome);
    say(`\n${report(options, outcome)}\n`);
    for (const fault of faults) say(`FAULT: ${fault}`);
    return faults.length === 0 ? 0 : 1;
  } finally {
    await world.stop();
    await redis?.kill();
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
