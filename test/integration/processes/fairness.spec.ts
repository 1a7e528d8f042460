import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../../sandbox/demo/journey';
import { dispatchWindow } from '../../../src/jobs/jobs.settings';
import { EnvDto } from '../../../src/kernel/config/env.dto';
import { startTestApp, type TestApp } from '../../support/app';
import { queueBacklog } from '../../support/backlog';
import { type ProductProcess, startWorkerProcess } from '../../support/worker-process';
import { arriveWithMails, rowsOf, syncOnceWelcomed } from './process-world';

const backlog = 1_500;
const own = 20;
const concurrency = 3;
/** Mails of the backlog that may be handed over between a look at who else waits and the next one. */
const slack = 20;
const many = 'many@example.com';
const few = 'few@example.com';

/** What `npm run fairness` measures with ten times as much and in seconds, here in turns: a busy machine changes none of it. */
describe('one user with very many mails, and one who comes later with few', () => {
  let product: TestApp;
  let workers: ProductProcess[] = [];
  const depths: number[] = [];
  let watching = true;

  beforeAll(async () => {
    product = await startTestApp({
      worker: false,
      settings: { 'billing.welcome': { credits: own, validityDays: null } },
      env: {
        WORKER_CONCURRENCY: String(concurrency),
        GMAIL_UNITS_PER_USER_PER_MINUTE: '10000000',
        GMAIL_UNITS_PER_PROJECT_PER_MINUTE: '10000000',
      },
    });
    await product.anthropic.app.inject({ method: 'POST', url: '/__control/latency', payload: { ms: 150 } });
    workers = Array.from({ length: 2 }, () => startWorkerProcess(product.app.get(EnvDto)));
  }, 60_000);
  afterAll(async () => {
    watching = false;
    await Promise.all(workers.map((worker) => worker.kill()));
    await product.close();
  });

  const done = (email: string) =>
    rowsOf(
      product,
      `processing_jobs join users u on u.id = user_id where state = 'done' and u.email = '${email}'`,
    );
  const watchDepth = async () => {
    while (watching) {
      depths.push(
        await rowsOf(product, `processing_jobs where state = 'queued' and dispatched_at is not null`),
      );
      await sleep(20);
    }
  };

  // Mutants: a dispatch by age alone, newest first (all of the backlog goes first); one that hands over all there is.
  it('the later one waits for what is in the queue, then has every second turn; the queue never holds a hundred', async () => {
    await arriveWithMails(product, [], many);
    const subjects = Array.from({ length: own }, (_, place) => `Note ${place}`);
    const later = await arriveWithMails(product, subjects, few);
    const watch = watchDepth();
    await queueBacklog(
      (text, values) => product.sql(text, values),
      { google: product.google.url, email: many },
      backlog,
    );
    await until(async () => (await done(many)) >= 10, 'the workers to be busy');
    await syncOnceWelcomed(later);
    await until(async () => (await done(few)) === own, "the later one's mails", 120_000);
    watching = false;
    await watch;
    const [meanwhile] = await product.sql<{ n: number }>(
      `with later as (
         select min(j.created_at) as came, max(j.finished_at) as went
         from processing_jobs j join users u on u.id = j.user_id where u.email = $1)
       select count(*)::int as n from later join processing_jobs j on j.finished_at between came and went
       join users u on u.id = j.user_id where u.email = $2`,
      [few, many],
    );
    process.stdout.write(
      `mails of the backlog summarised beside ${own} of the later user: ${meanwhile?.n}; deepest queue: ${Math.max(...depths)} in ${depths.length} looks\n`,
    );

    const underWay = workers.length * concurrency;
    expect(meanwhile?.n).toBeLessThanOrEqual(dispatchWindow.fallback + underWay + own + slack);
    expect(await done(many)).toBeLessThan(backlog / 2);
    expect(Math.max(...depths)).toBeGreaterThan(0);
    expect(Math.max(...depths)).toBeLessThan(100);
    await Promise.all(workers.map((worker) => worker.stop()));
    expect(await rowsOf(product, 'ledger_violations')).toBe(0);
  }, 180_000);
});
