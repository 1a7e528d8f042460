import 'reflect-metadata';
import { balanceOf } from '../../../sandbox/demo/journey';
import { maxAttempts } from '../../../src/jobs/domain/retry-policy';
import { EnvDto } from '../../../src/kernel/config/env.dto';
import { startTestApp, type TestApp } from '../../support/app';
import { type ProductProcess, startWorkerProcess } from '../../support/worker-process';
import { allEnded, arriveWithMails, rowsOf, syncOnceWelcomed } from './process-world';

const count = 24;
const poison = 'The mail that kills';
const subjects = Array.from({ length: count }, (_, place) => (place === 0 ? poison : `Note ${place}`));

describe('a mail that kills whoever summarises it', () => {
  let product: TestApp;
  let deaths = 0;
  let closing = false;
  const workers = new Set<ProductProcess>();

  /** Whatever ends a worker, another starts in its place, as an orchestrator would have it. */
  const keepWorker = (): void => {
    const variables = { POISON_SUBJECT: poison };
    const worker = startWorkerProcess(product.app.get(EnvDto), { watched: true, variables });
    workers.add(worker);
    void worker.ended.then(() => {
      workers.delete(worker);
      if (closing) return;
      deaths += 1;
      keepWorker();
    });
  };

  beforeAll(async () => {
    product = await startTestApp({
      worker: false,
      settings: { 'billing.welcome': { credits: count, validityDays: null } },
      env: { JOB_LEASE_MS: '1000', WORKER_CONCURRENCY: '12' },
    });
    // Answers take so long that mails beside it are under way when it kills.
    await product.anthropic.app.inject({
      method: 'POST',
      url: '/__control/latency',
      payload: { minMs: 400, maxMs: 800 },
    });
  });
  afterAll(async () => {
    closing = true;
    await Promise.all([...workers].map((worker) => worker.kill()));
    await product.close();
  });

  // Mutants: a lost lease that costs no attempt (workers die for ever); a quarantine that keeps the credit; mails that come back
  // together with the one that kills, and are given up with it.
  it('is put into quarantine after the cap, its credit released, and every other mail is summarised', async () => {
    const api = await arriveWithMails(product, subjects);
    keepWorker();
    keepWorker();
    await syncOnceWelcomed(api);
    await allEnded(product, api, count, 150_000);
    expect(
      await product.sql(
        `select j.attempts, j.state, j.reason_code, h.state as hold from processing_jobs j join credit_holds h on h.email_id = j.email_id
         where j.state <> 'done'`,
      ),
    ).toEqual([
      { attempts: maxAttempts, state: 'failed', reason_code: 'jobs.quarantined', hold: 'released' },
    ]);
    expect({
      deaths,
      summaries: await rowsOf(product, 'email_summaries'),
      captures: await rowsOf(product, `credit_transactions where kind = 'CAPTURE'`),
      violations: await rowsOf(product, 'ledger_violations'),
      balance: await balanceOf(api),
    }).toEqual({
      deaths: maxAttempts,
      summaries: count - 1,
      captures: count - 1,
      violations: 0,
      balance: expect.objectContaining({ available: 1, held: 0, captured: count - 1 }) as unknown,
    });
  }, 180_000);
});
