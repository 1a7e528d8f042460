import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import { balanceOf, until } from '../../../sandbox/demo/journey';
import { freePort } from '../../../sandbox/stack/ports';
import { EnvDto } from '../../../src/kernel/config/env.dto';
import { startTestApp, type TestApp } from '../../support/app';
import { hasRedis, RedisServer } from '../../support/redis';
import { type ProductProcess, startApiProcess, startWorkerProcess } from '../../support/worker-process';
import { allEnded, arriveWithMails, rowsOf, syncOnceWelcomed } from './process-world';

const count = 200;
const describeWithRedis = hasRedis ? describe : describe.skip;
if (!hasRedis)
  process.stdout.write('Skipped: no redis-server on this machine (apt-get install redis-server)\n');

describeWithRedis('three workers and two APIs on one Redis', () => {
  let redis: RedisServer;
  let product: TestApp;
  let workers: ProductProcess[] = [];
  let secondApi: ProductProcess;
  let secondUrl: string;
  let watching = true;

  beforeAll(async () => {
    redis = await RedisServer.start();
    product = await startTestApp({
      worker: false,
      settings: { 'billing.welcome': { credits: count, validityDays: null } },
      env: {
        REDIS_URL: redis.url,
        WORKER_CONCURRENCY: '3',
        GMAIL_UNITS_PER_USER_PER_MINUTE: '10000000',
        GMAIL_UNITS_PER_PROJECT_PER_MINUTE: '10000000',
      },
    });
    // So slow that the work outlasts the start of three processes and the death of one.
    await product.anthropic.app.inject({ method: 'POST', url: '/__control/latency', payload: { ms: 250 } });
    const env = product.app.get(EnvDto);
    const port = await freePort();
    secondUrl = `http://127.0.0.1:${port}`;
    secondApi = startApiProcess(env, { variables: { PORT: String(port) } });
    workers = Array.from({ length: 3 }, () => startWorkerProcess(env, { watched: true }));
    const answers = () => fetch(`${secondUrl}/health/ready`).catch(() => undefined);
    await until(async () => (await answers())?.ok === true, 'the second API');
  }, 60_000);
  afterAll(async () => {
    watching = false;
    await Promise.all([...workers, secondApi].map((child) => child.kill()));
    await product.close();
    await redis.kill();
  });

  /** Asks both APIs again and again for their readiness; tells what was not "ready", and how often it asked. */
  const watchApis = async () => {
    const faults: string[] = [];
    let asked = 0;
    while (watching) {
      for (const url of [product.url, secondUrl]) {
        const answer = await fetch(`${url}/health/ready`).catch((error: unknown) => error);
        asked += 1;
        if (!(answer instanceof Response && answer.ok)) faults.push(`${url}: ${String(answer)}`);
      }
      await sleep(100);
    }
    return { faults, asked };
  };

  // Mutants: a queue of each process's own (one worker does it all); a job lost with its worker; a job run again that is
  // charged again.
  it('share the work, and the death of one changes nothing but the rate', async () => {
    const subjects = Array.from({ length: count }, (_, place) => `Note ${place}`);
    const api = await arriveWithMails(product, subjects);
    const watch = watchApis();
    await syncOnceWelcomed(api);
    const [victim] = workers;
    await until(
      () => Promise.resolve(workers.every(({ summarised }) => summarised.length >= 5)),
      'a share of the work for every worker',
    );
    await victim?.kill();
    const atDeath = workers.map(({ summarised }) => summarised.length);
    const doneAtDeath = await rowsOf(product, `processing_jobs where state = 'done'`);
    await allEnded(product, api, count, 120_000);
    watching = false;
    const { faults, asked } = await watch;
    const atEnd = workers.map(({ summarised }) => summarised.length);
    process.stdout.write(
      `mails begun when one died: ${atDeath.join(' + ')}; at the end: ${atEnd.join(' + ')}; ${asked} answers of two APIs\n`,
    );

    expect(doneAtDeath).toBeLessThan(count / 2);
    expect(atEnd[0]).toBe(atDeath[0]);
    for (const place of [1, 2]) expect(atEnd[place]).toBeGreaterThan((atDeath[place] ?? 0) + count / 10);
    expect(new Set(workers.flatMap(({ summarised }) => summarised))).toEqual(new Set(subjects));
    expect(faults).toEqual([]);
    expect(asked).toBeGreaterThan(20);
    expect({
      summaries: await rowsOf(product, 'email_summaries'),
      done: await rowsOf(product, `processing_jobs where state = 'done'`),
      captures: await rowsOf(product, `credit_transactions where kind = 'CAPTURE'`),
      violations: await rowsOf(product, 'ledger_violations'),
      balance: await balanceOf(api),
    }).toEqual({
      summaries: count,
      done: count,
      captures: count,
      violations: 0,
      balance: expect.objectContaining({ available: 0, held: 0, captured: count }) as unknown,
    });
  }, 180_000);
});
