import { until } from '../../../sandbox/demo/journey';
import type { Run } from '../../../sdk/src';
import { StartSync } from '../../../src/jobs/contracts';
import { RecoverJobs } from '../../../src/jobs/recover-jobs/recover-jobs';
import { ScheduleSyncs } from '../../../src/jobs/schedule-syncs/schedule-syncs';
import { CommandBus } from '@nestjs/cqrs';
import { startTestApp, type TestApp } from '../../support/app';
import { expectRightBooks } from '../../support/books';
import { arrangeReader, noteMail } from '../../support/reader';
import { buyCredits, settledBooks, startSync, syncAndWait } from '../../support/sdk-journey';

describe('credits and work', () => {
  let product: TestApp;
  beforeAll(async () => {
    product = await startTestApp({ env: { JOB_LEASE_MS: '1500' } });
  });
  afterEach(() => expectRightBooks(product));
  afterAll(() => product.close());

  const finished = ({ mails }: Run) => mails.done + mails.skipped + mails.failed + mails.cancelled;

  it('what the balance pays for runs, newest first; the rest waits and resumes when credits are bought', async () => {
    const { inbrief, email, userId } = await arrangeReader(product, 1);
    const { available } = await inbrief.billing.balance();
    await product.google.app.inject({
      method: 'POST',
      url: `/__control/mailboxes/${email}/messages`,
      payload: Array.from({ length: available + 4 }, (_, index) => ({
        raw: noteMail(index + 1).raw.toString('base64'),
        internalDate: noteMail(index + 1).internalDate,
      })),
    });
    const runId = await startSync(inbrief);
    const run = await inbrief.runs.wait(runId);
    await settledBooks(inbrief);
    expect(run.mails).toMatchObject({ done: available, awaiting_credits: 5 });
    expect((await inbrief.billing.balance()).available).toBe(0);
    const [oldest] = await product.sql<{ late: number }>(
      `select count(*)::int as late from processing_jobs w join processing_jobs d on d.user_id = w.user_id
       where w.user_id = $1 and w.state = 'awaiting_credits' and d.state = 'done' and d.received_at < w.received_at`,
      [userId],
    );
    expect(oldest?.late).toBe(0);
    await buyCredits(inbrief, 5);
    await until(
      async () => (await inbrief.runs.get(runId)).mails.done === available + 5,
      'the waiting mails',
    );
    await settledBooks(inbrief);
  });

  it('a run never takes more credits than its cap', async () => {
    const { inbrief } = await arrangeReader(product, 12);
    const { runs } = await inbrief.gmail.sync({ maxCredits: 7 });
    const run = await inbrief.runs.wait(runs[0]?.runId ?? '');
    expect(run.mails).toMatchObject({ done: 7, cancelled: 5 });
    await until(async () => (await inbrief.billing.balance()).captured === 7, 'the captures');
  });

  it('20 syncs asked for at once are one run', async () => {
    const { inbrief } = await arrangeReader(product, 3);
    const started = await Promise.all(Array.from({ length: 20 }, () => inbrief.gmail.sync({})));
    const runIds = new Set(started.map(({ runs }) => runs[0]?.runId));
    const [first] = [...runIds];
    const run = await inbrief.runs.wait(first ?? '');
    expect(finished(run)).toBe(3);
    const [{ discovered } = { discovered: -1 }] = await product.sql<{ discovered: number }>(
      'select count(*)::int as discovered from email_discoveries d join background_jobs b on b.id = d.run_id where b.id = any($1)',
      [[...runIds]],
    );
    expect(discovered).toBe(3);
  });

  it('a mail that vanished before it was read is skipped without charge', async () => {
    const { inbrief, email } = await arrangeReader(product, 1);
    const { raw, internalDate } = noteMail(1);
    const added = await product.google.app.inject({
      method: 'POST',
      url: `/__control/mailboxes/${email}/messages`,
      payload: { raw: raw.toString('base64'), internalDate },
    });
    const [vanishing] = added.json<{ ids: string[] }>().ids;
    await product.google.app.inject({
      method: 'POST',
      url: '/__control/faults',
      payload: {
        action: 'respond',
        method: 'GET',
        path: `^/gmail/v1/users/me/messages/${vanishing}$`,
        skip: 1, // its facts, at discovery
        times: 2, // together with the other, and then alone
        status: 404,
        headers: { 'content-type': 'application/json' },
        body: {
          error: {
            code: 404,
            message: 'Requested entity was not found.',
            errors: [{ domain: 'global', reason: 'notFound', message: 'Requested entity was not found.' }],
            status: 'NOT_FOUND',
          },
        },
      },
    });
    const run = await syncAndWait(inbrief);
    expect(run.mails).toMatchObject({ done: 1, skipped: 1 });
    await settledBooks(inbrief);
    expect((await inbrief.billing.balance()).captured).toBe(1);
  });

  it('a refused mail costs nothing and is told with its reason', async () => {
    const { inbrief } = await arrangeReader(product, 3);
    await product.anthropic.app.inject({
      method: 'POST',
      url: '/__control/answers',
      payload: { kind: 'refusal', times: 1, match: 'note number 1' },
    });
    const run = await syncAndWait(inbrief);
    expect(run.mails).toMatchObject({ done: 2, failed: 1 });
    await settledBooks(inbrief);
    expect((await inbrief.billing.balance()).captured).toBe(2);
    const { data } = await inbrief.jobs.list({ state: 'failed' });
    expect(data).toMatchObject([{ reasonCode: 'email.refused' }]);
  });

  it('an overloaded model only delays', async () => {
    const { inbrief } = await arrangeReader(product, 2);
    await product.anthropic.app.inject({
      method: 'POST',
      url: '/__control/answers',
      payload: { kind: 'overloaded', times: 2 },
    });
    const run = await syncAndWait(inbrief);
    expect(run.mails).toMatchObject({ done: 2, failed: 0 });
  });

  // Mutant: a recovery that only counts attempts would start a poison mail for ever.
  it('a mail that outlives its attempts is given up and its credit released', async () => {
    const { inbrief, userId } = await arrangeReader(product, 1);
    await product.stopWorker();
    const runId = await startSync(inbrief);
    await product.startWorker();
    await inbrief.runs.wait(runId);
    await settledBooks(inbrief);
    const { inbrief: other, userId: poisoned } = await arrangeReader(product, 1);
    await product.anthropic.app.inject({ method: 'POST', url: '/__control/latency', payload: { ms: 3_000 } });
    const poisonRun = await startSync(other);
    await until(
      async () =>
        (
          await product.sql(`select from processing_jobs where user_id = $1 and state = 'running'`, [
            poisoned,
          ])
        ).length === 1,
      'the job to run',
    );
    await product.sql(
      `update processing_jobs set attempts = 5, lease_token = gen_random_uuid(), lease_expires_at = now() - interval '1 s' where user_id = $1`,
      [poisoned],
    );
    await product.app.get(RecoverJobs).recover();
    await product.anthropic.app.inject({ method: 'POST', url: '/__control/latency', payload: { ms: 0 } });
    const run = await other.runs.wait(poisonRun);
    expect(run.mails).toMatchObject({ failed: 1, done: 0 });
    await settledBooks(other);
    expect((await other.billing.balance()).captured).toBe(0);
    expect(userId).not.toBe(poisoned);
  });

  it('a push and a schedule join the run that is under way', async () => {
    const { inbrief, userId } = await arrangeReader(product, 1);
    const [connection] = await product.sql<{ id: string }>(
      'select id from gmail_connections where user_id = $1',
      [userId],
    );
    await product.stopWorker();
    const runId = await startSync(inbrief);
    const bus = product.app.get(CommandBus);
    expect(await bus.execute(new StartSync(userId, connection?.id ?? '', 'push'))).toEqual({ runId });
    await product.startWorker();
    await inbrief.runs.wait(runId);
  });

  it('a mail whose push was lost is found by the hourly poll', async () => {
    const { inbrief, email, userId } = await arrangeReader(product, 1);
    await syncAndWait(inbrief);
    await product.google.app.inject({
      method: 'POST',
      url: `/__control/mailboxes/${email}/messages`,
      payload: [{ raw: noteMail(77).raw.toString('base64') }],
    });
    await product.sql(
      `update gmail_connections set last_synced_at = now() - interval '2 hours' where user_id = $1`,
      [userId],
    );
    await product.app.get(ScheduleSyncs).schedule();
    await until(async () => (await inbrief.billing.balance()).captured === 2, 'the second summary');
    expect(
      await product.sql(`select trigger from background_jobs where user_id = $1 order by id`, [userId]),
    ).toEqual([{ trigger: 'user' }, { trigger: 'schedule' }]);
  });
});
