import 'reflect-metadata';
import { until } from '../../../sandbox/demo/journey';
import { EnvDto } from '../../../src/kernel/config/env.dto';
import { startTestApp, type TestApp } from '../../support/app';
import { type ProductProcess, startWorkerProcess } from '../../support/worker-process';
import { allEnded, arriveWithMails, rowsOf, syncOnceWelcomed } from './process-world';

const deadlineMs = 500;
const forEverMs = 600_000;

describe('a worker that is told to stop', () => {
  let product: TestApp;
  const workers: ProductProcess[] = [];
  beforeAll(async () => {
    product = await startTestApp({
      worker: false,
      // Only what is handed back can be taken by another within the time this waits.
      env: { JOB_LEASE_MS: '300000', SHUTDOWN_DEADLINE_MS: String(deadlineMs) },
    });
  });
  afterAll(async () => {
    await Promise.all(workers.map((worker) => worker.kill()));
    await product.close();
  });

  const start = (): ProductProcess => {
    const worker = startWorkerProcess(product.app.get(EnvDto));
    workers.push(worker);
    return worker;
  };
  const slowDown = (ms: number) =>
    product.anthropic.app.inject({ method: 'POST', url: '/__control/latency', payload: { ms } });
  const askedFor = async (): Promise<number> =>
    (await product.anthropic.app.inject('/__control/state')).json<{ calls: number }>().calls;

  // Mutants: nothing handed back (the mails wait five minutes for their leases); an attempt counted for a stop.
  it('hands back what it cannot finish in time, and another summarises it at once and once', async () => {
    await slowDown(forEverMs);
    const leaving = start();
    const api = await arriveWithMails(product, ['One', 'Two', 'Three']);
    await syncOnceWelcomed(api);
    await until(async () => (await askedFor()) === 3, 'three mails under way', 30_000);
    await slowDown(0);
    const began = Date.now();
    expect(await leaving.stop()).toBe(0);
    expect(Date.now() - began).toBeLessThan(10_000);
    start();
    await allEnded(product, api, 3, 30_000);
    expect(await product.sql('select distinct state, attempts from processing_jobs')).toEqual([
      { state: 'done', attempts: 1 },
    ]);
    expect({
      summaries: await rowsOf(product, 'email_summaries'),
      captures: await rowsOf(product, `credit_transactions where kind = 'CAPTURE'`),
      violations: await rowsOf(product, 'ledger_violations'),
    }).toEqual({ summaries: 3, captures: 3, violations: 0 });
  }, 90_000);

  // Mutants: no sync handed back; one that is handed back while the mailbox stays with the walker that is gone.
  it('hands a mailbox back in the middle of a walk, and another goes on reading it at once', async () => {
    const api = await arriveWithMails(product, ['Four'], 'bo@example.com');
    await until(
      async () => (await rowsOf(product, 'background_jobs where finished_at is null')) === 0,
      'quiet',
    );
    product.google.faults.add({ action: 'delay', delayMs: 4_000, path: '/messages', times: 1 });
    await syncOnceWelcomed(api);
    await until(
      async () => (await rowsOf(product, 'gmail_connections where lease_token is not null')) === 1,
      'a walk',
    );
    const leaving = workers.at(-1);
    expect(await leaving?.stop()).toBe(0);
    start();
    await allEnded(product, api, 4, 20_000);
    expect(await product.sql('select distinct state, attempts from background_jobs')).toEqual([
      { state: 'done', attempts: 1 },
    ]);
  }, 60_000);
});
