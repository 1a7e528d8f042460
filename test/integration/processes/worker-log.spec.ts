import 'reflect-metadata';
import { EnvDto } from '../../../src/kernel/config/env.dto';
import { until } from '../../../sandbox/demo/journey';
import { startTestApp, type TestApp } from '../../support/app';
import { type ProductProcess, startWorkerProcess } from '../../support/worker-process';
import { arriveWithMails, rowsOf } from './process-world';

interface Line {
  msg: string;
  jobId?: string;
  messageId?: string;
  userId?: string;
  requestId?: string;
  traceId?: string;
}

describe('what a worker writes down of its work', () => {
  let product: TestApp;
  let worker: ProductProcess | undefined;
  beforeAll(async () => {
    product = await startTestApp({ worker: false });
  }, 110_000);
  afterAll(async () => {
    await worker?.kill();
    await product.close();
  });

  const lines = (): Line[] =>
    (worker?.said() ?? '')
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Line);
  const always = (url: string, path: string, status: number) =>
    fetch(`${url}/__control/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ action: 'respond', path, status, body: {}, times: 1_000 }),
    });

  // Mutants: a job, or an event, whose row does not carry the call (`requestId` gone from `addSync`, from `add` or from `publish`); a
  // walk, a mail or a delivery that is worked at outside of its context.
  it('says of every line which work it is of, of which trace, and which call asked for it', async () => {
    const api = await arriveWithMails(product, ['A first note', 'A second note', 'A third note']);
    await always(product.anthropic.url, '/v1/messages', 400);
    await api.post('/api/gmail/sync', {}, { 'x-request-id': 'asked-by-ada' });
    // Only now, or the hourly poll might ask for the same run before.
    worker = startWorkerProcess(product.app.get(EnvDto), { heard: true, variables: { LOG_LEVEL: 'trace' } });
    await until(
      async () => (await rowsOf(product, `processing_jobs where state = 'failed'`)) === 3,
      'three failures',
    );
    await until(
      async () => (await rowsOf(product, 'outbox_messages where published_at is null')) === 0,
      'the consequences',
    );
    const jobs = await product.sql<{ id: string }>('select id from processing_jobs');
    const ofMails = lines().filter(({ jobId }) => jobs.some(({ id }) => id === jobId));
    expect(new Set(ofMails.map(({ jobId }) => jobId)).size).toBe(3);
    for (const line of ofMails)
      expect(line).toMatchObject({
        requestId: 'asked-by-ada',
        traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
        userId: expect.any(String),
      });
    expect(new Set(ofMails.map(({ traceId }) => traceId)).size).toBe(1);
    const [run] = await product.sql<{ request_id: string }>('select request_id from background_jobs');
    expect(run?.request_id).toBe('asked-by-ada');
    const events = await product.sql<{ type: string }>(
      `select distinct type from outbox_messages where request_id = 'asked-by-ada' order by type`,
    );
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['email.summary-failed.v1', 'gmail.emails-discovered.v1']),
    );
  }, 60_000);
});
