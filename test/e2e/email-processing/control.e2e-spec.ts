import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { v7 as uuidv7 } from 'uuid';
import { until } from '../../../sandbox/demo/journey';
import {
  CancelJob,
  CancelRun,
  GetQueueHealth,
  ListQuarantined,
  ReleaseQuarantined,
  RetryJob,
  RetryRun,
  SearchJobs,
} from '../../../src/jobs/contracts';
import type { Inbrief } from '../../../sdk/src';
import { WalkMailbox } from '../../../src/gmail/contracts';
import { WalksRepository } from '../../../src/gmail/walks.repository';
import { RecoverJobs } from '../../../src/jobs/recover-jobs/recover-jobs';
import { UnitOfWork } from '../../../src/kernel/database/unit-of-work';
import { startTestApp, type TestApp } from '../../support/app';
import { expectRightBooks } from '../../support/books';
import { arrangeReader } from '../../support/reader';
import { settledBooks, startSync, syncAndWait } from '../../support/sdk-journey';

describe('a user controls the work on their mails', () => {
  let product: TestApp;
  beforeAll(async () => {
    product = await startTestApp({ env: { JOB_LEASE_MS: '1500' } });
  });
  afterEach(async () => {
    await control('/__control/latency', { ms: 0 });
    await expectRightBooks(product);
  });
  afterAll(() => product.close());

  const control = (url: string, payload: object) =>
    product.anthropic.app.inject({ method: 'POST', url, payload });
  const refuse = (index: number) =>
    control('/__control/answers', { kind: 'refusal', times: 1, match: `note number ${index}` });
  const command = <T>(order: object) =>
    product.app.get(CommandBus).execute(order as never) as unknown as Promise<T>;
  const jobsOf = async (inbrief: Inbrief) => (await inbrief.jobs.list({ limit: 100 })).data;
  const audited = async (userId: string) =>
    (
      await product.sql<{ action: string }>(
        `select action from audit_logs where user_id = $1 and action like 'jobs.%' and action <> 'jobs.sync-started' order by id`,
        [userId],
      )
    ).map(({ action }) => action);
  const waitingForLocks = async () =>
    (
      await product.sql(
        `select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
      )
    ).length;
  const runningMail = async (userId: string) => {
    let jobId = '';
    await until(async () => {
      const [job] = await product.sql<{ id: string }>(
        `select id from processing_jobs where user_id = $1 and state = 'running'`,
        [userId],
      );
      jobId = job?.id ?? '';
      return job !== undefined;
    }, 'a job to run');
    return jobId;
  };

  // Mutant: a cancel that leaves the lease lets the worker store and charge a summary that nobody wants.
  it('cancelling a running job fences its worker: nothing stored, nothing charged, the cost counted', async () => {
    const { inbrief, userId } = await arrangeReader(product, 1);
    await control('/__control/latency', { ms: 1_500 });
    const runId = await startSync(inbrief);
    const jobId = await runningMail(userId);
    await inbrief.jobs.cancel(jobId);
    expect(await inbrief.billing.balance()).toMatchObject({ held: 0, captured: 0 });
    await until(
      async () =>
        (await product.sql(`select from usage_analytics where user_id = $1 and cost_micros > 0`, [userId]))
          .length === 1,
      'the cost of the answer',
    );
    expect((await inbrief.runs.get(runId)).mails).toMatchObject({ cancelled: 1, done: 0 });
    expect(await product.sql('select from email_summaries where user_id = $1', [userId])).toEqual([]);
    expect(await jobsOf(inbrief)).toMatchObject([{ reasonCode: 'jobs.cancelled-by-user' }]);
    await expect(inbrief.jobs.cancel(jobId)).rejects.toThrow('jobs.job-ended');
    await control('/__control/latency', { ms: 0 });
    expect(await inbrief.jobs.retry(jobId)).toEqual({ state: 'queued' });
    await until(async () => (await inbrief.billing.balance()).captured === 1, 'the capture after all');
    await expect(inbrief.jobs.retry(jobId)).rejects.toThrow('jobs.not-retryable');
    expect(await audited(userId)).toEqual(['jobs.job-cancelled', 'jobs.job-retried']);
  });

  it('cancelling a run stops all of it, and what is found too late', async () => {
    const { inbrief, userId } = await arrangeReader(product, 30);
    await inbrief.jobs.pause();
    const runId = await startSync(inbrief);
    await until(async () => (await inbrief.runs.get(runId)).mails.queued > 0, 'the first mails');
    await inbrief.runs.cancel(runId);
    await until(async () => {
      const found = await product.sql(
        'select from email_discoveries d left join processing_jobs j on j.email_id = d.id where d.user_id = $1 and j.id is null',
        [userId],
      );
      return found.length === 0;
    }, 'the mails on their way');
    const run = await inbrief.runs.get(runId);
    expect(run.mails.cancelled).toBeGreaterThan(0);
    expect(run.mails.queued + run.mails.running + run.mails.done).toBe(0);
    expect(await inbrief.billing.balance()).toMatchObject({ held: 0, captured: 0 });
    expect(await inbrief.runs.cancel(runId)).toEqual({ cancelled: 0 });
    await inbrief.jobs.resume();
  });

  // Mutants: a cancel that leaves the walker its mailbox; one that takes it from the walker of another run.
  it('cancelling a run stops its walker at the next page, and no other', async () => {
    const { inbrief, userId } = await arrangeReader(product, 1);
    await product.stopWorker();
    const uow = product.app.get(UnitOfWork);
    const walks = product.app.get(WalksRepository, { strict: false });
    const [box] = await product.sql<{ id: string }>('select id from gmail_connections where user_id = $1', [
      userId,
    ]);
    const connectionId = box?.id ?? '';
    const walking = async () => {
      const runId = await startSync(inbrief);
      await product.sql(
        `update background_jobs set state = 'running', lease_token = gen_random_uuid(), lease_expires_at = now() + interval '1 minute' where id = $1`,
        [runId],
      );
      const lease = uuidv7();
      await uow.asService('test', () => walks.claim({ userId, connectionId, runId }, lease, 60_000));
      return { runId, commits: () => uow.asService('test', () => walks.advance(connectionId, lease, {})) };
    };
    const first = await walking();
    expect(await first.commits()).toBe(true);
    await inbrief.runs.cancel(first.runId);
    expect(await first.commits()).toBe(false);
    const second = await walking();
    await inbrief.runs.cancel(first.runId);
    expect(await second.commits()).toBe(true);
    await command(new CancelRun('admin', second.runId));
    expect(await second.commits()).toBe(false);
    expect(
      await product.sql('select state, reason_code from background_jobs where user_id = $1 order by id', [
        userId,
      ]),
    ).toEqual([
      { state: 'cancelled', reason_code: 'jobs.cancelled-by-user' },
      { state: 'cancelled', reason_code: 'jobs.cancelled-by-admin' },
    ]);
    await product.startWorker();
  });

  // Mutants: a stop that leaves alone a mailbox that nobody walks yet; a claim that does not ask whether its run was stopped.
  it('cancelling a run whose worker is about to take the mailbox keeps it from walking, whoever is first', async () => {
    const { inbrief, userId } = await arrangeReader(product, 1);
    await product.stopWorker();
    const uow = product.app.get(UnitOfWork);
    const walks = product.app.get(WalksRepository, { strict: false });
    const begun = async () => {
      const runId = await startSync(inbrief);
      const [run] = await product.sql<{ connection_id: string }>(
        `update background_jobs set state = 'running', lease_token = gen_random_uuid(), lease_expires_at = now() + interval '1 minute'
         where id = $1 returning connection_id`,
        [runId],
      );
      return { runId, userId, connectionId: run?.connection_id ?? '' };
    };
    const late = await begun();
    await inbrief.runs.cancel(late.runId);
    expect(await uow.asService('test', () => walks.claim(late, uuidv7(), 60_000))).toBeUndefined();
    await expect(command(new WalkMailbox(userId, late.connectionId, late.runId))).rejects.toMatchObject({
      code: 'gmail.walk-stopped',
    });

    const early = await begun();
    const lease = uuidv7();
    let cancelled: Promise<unknown> = Promise.resolve();
    await uow.asService('test', async () => {
      expect(await walks.claim(early, lease, 60_000)).toBeDefined();
      cancelled = inbrief.runs.cancel(early.runId);
      await until(async () => (await waitingForLocks()) > 0, 'the cancel to wait for the claim');
    });
    await cancelled;
    expect(await uow.asService('test', () => walks.advance(early.connectionId, lease, {}))).toBe(false);
    await product.startWorker();
    expect((await syncAndWait(inbrief)).mails).toMatchObject({ done: 1 });
  });

  // Mutant: a retry that does not hold anew leaves a queued job without a credit (I8).
  it('the failed mails of a run are tried again, each with a hold of its own', async () => {
    const { inbrief, userId } = await arrangeReader(product, 4);
    await refuse(1);
    await refuse(2);
    const runId = await startSync(inbrief);
    expect((await inbrief.runs.wait(runId)).mails).toMatchObject({ done: 2, failed: 2 });
    await settledBooks(inbrief);
    const retried = await inbrief.runs.retry(runId);
    expect(retried).toEqual({ queued: 2, awaitingCredits: 0, left: 0 });
    await until(async () => (await inbrief.billing.balance()).captured === 4, 'the captures');
    expect((await inbrief.runs.get(runId)).mails).toMatchObject({ done: 4, failed: 0 });
    expect(await audited(userId)).toEqual(['jobs.run-retried']);
    const holds = await product.sql('select from credit_holds where user_id = $1', [userId]);
    expect(holds).toHaveLength(6);
  });

  // Mutant: a retry that does not look at the outbox: the late release takes the new hold, and the job runs unpaid (I8).
  it('is told to wait while the last credit is still on its way back', async () => {
    const { inbrief, userId } = await arrangeReader(product, 1);
    await refuse(0);
    const runId = await startSync(inbrief);
    await inbrief.runs.wait(runId);
    await settledBooks(inbrief);
    const [job] = await jobsOf(inbrief);
    const event = [
      userId,
      (
        await product.sql<{ e: string }>('select email_id as e from processing_jobs where id = $1', [job?.id])
      )[0]?.e,
    ];
    await product.stopWorker();
    await product.sql(
      `update outbox_messages set published_at = null, available_at = now() + interval '1 minute'
       where user_id = $1 and subject_id = $2 and type = 'email.summary-failed.v1'`,
      event,
    );
    await expect(inbrief.jobs.retry(job?.id ?? '')).rejects.toThrow('jobs.not-settled');
    expect(await inbrief.runs.retry(runId)).toEqual({
      queued: 0,
      awaitingCredits: 0,
      left: 1,
    });
    await product.sql(`update outbox_messages set available_at = now() where published_at is null`);
    await product.startWorker();
    await until(async () => (await inbrief.runs.retry(runId)).queued === 1, 'the retry');
    await until(async () => (await inbrief.billing.balance()).captured === 1, 'the capture');
  });

  it('without a credit a retried mail waits for one', async () => {
    const { inbrief, userId } = await arrangeReader(product, 1);
    await refuse(0);
    const runId = await startSync(inbrief);
    await inbrief.runs.wait(runId);
    await settledBooks(inbrief);
    const { available } = await inbrief.billing.balance();
    await product.sql('select ledger_adjust($1, $2, $3, $4, $5)', [
      userId,
      uuidv7(),
      uuidv7(),
      -available,
      'test',
    ]);
    const [job] = await jobsOf(inbrief);
    expect(await inbrief.jobs.retry(job?.id ?? '')).toEqual({ state: 'awaiting_credits' });
  });

  it('pausing starts nothing more, and resuming goes on', async () => {
    const { inbrief } = await arrangeReader(product, 2);
    await inbrief.jobs.pause();
    await inbrief.jobs.pause();
    expect(await inbrief.jobs.processing()).toMatchObject({
      enabled: true,
      pausedSince: expect.any(String) as string,
      class: 'trial',
      pausedLanes: [],
    });
    const runId = await startSync(inbrief);
    await until(async () => (await inbrief.runs.get(runId)).mails.queued === 2, 'both mails');
    const other = await arrangeReader(product, 1);
    await syncAndWait(other.inbrief);
    expect((await inbrief.runs.get(runId)).mails).toMatchObject({ queued: 2 });
    await inbrief.jobs.resume();
    expect((await inbrief.runs.wait(runId)).mails).toMatchObject({ done: 2 });
    expect(await inbrief.jobs.processing()).toMatchObject({ pausedSince: null });
  });

  it('a quarantined mail is shown with its reason, runs again only by an administrator, and costs once', async () => {
    const { inbrief, userId } = await arrangeReader(product, 1);
    await control('/__control/latency', { ms: 3_000 });
    const runId = await startSync(inbrief);
    const jobId = await runningMail(userId);
    await product.sql(
      `update processing_jobs set attempts = 5, lease_token = gen_random_uuid(), lease_expires_at = now() - interval '1 s' where id = $1`,
      [jobId],
    );
    await product.app.get(RecoverJobs).recover();
    await control('/__control/latency', { ms: 0 });
    expect((await inbrief.jobs.list({ state: 'failed' })).data).toMatchObject([
      { id: jobId, reasonCode: 'jobs.quarantined' },
    ]);
    await expect(inbrief.jobs.retry(jobId)).rejects.toThrow('jobs.quarantined');
    expect(await inbrief.runs.retry(runId)).toMatchObject({ queued: 0, left: 1 });
    const queries = product.app.get(QueryBus);
    expect(await queries.execute(new ListQuarantined(null, 10))).toMatchObject([{ id: jobId, userId }]);
    expect(await queries.execute(new GetQueueHealth())).toMatchObject({ quarantined: 1, enabled: true });
    await settledBooks(inbrief);
    await until(
      async () =>
        (await command<{ state: string }>(new ReleaseQuarantined(jobId)).catch(() => undefined)) !==
        undefined,
      'the event to be through the relay',
    );
    await until(async () => (await inbrief.billing.balance()).captured === 1, 'the capture');
    await expect(command(new ReleaseQuarantined(jobId))).rejects.toMatchObject({
      code: 'jobs.not-quarantined',
    });
    expect(await audited(userId)).toEqual(['jobs.quarantine-released']);
    expect(await queries.execute(new SearchJobs({ userId, state: 'done' }, null, 10))).toMatchObject([
      { id: jobId },
    ]);
  });

  it("nobody reaches another user's work, and an administrator reaches all", async () => {
    const ada = await arrangeReader(product, 1);
    const ben = await arrangeReader(product, 1);
    await ada.inbrief.jobs.pause();
    const runId = await startSync(ada.inbrief);
    await until(async () => (await ada.inbrief.runs.get(runId)).mails.queued === 1, 'the mail');
    const [job] = await jobsOf(ada.inbrief);
    const { jobs, runs } = ben.inbrief;
    for (const attempt of [jobs.cancel(job?.id ?? ''), jobs.retry(job?.id ?? '')])
      await expect(attempt).rejects.toThrow('jobs.job-not-found');
    for (const attempt of [runs.cancel(runId), runs.retry(runId)])
      await expect(attempt).rejects.toThrow('jobs.run-not-found');
    await command(new CancelJob('admin', job?.id ?? ''));
    expect(await jobsOf(ada.inbrief)).toMatchObject([
      { state: 'cancelled', reasonCode: 'jobs.cancelled-by-admin' },
    ]);
    expect(await command(new RetryJob('admin', job?.id ?? ''))).toEqual({ state: 'queued' });
    expect(await command(new CancelRun('admin', runId))).toEqual({ cancelled: 1 });
    expect(await command(new RetryRun('admin', runId))).toEqual({ queued: 0, awaitingCredits: 0, left: 0 });
    await expect(command(new ReleaseQuarantined(uuidv7()))).rejects.toMatchObject({
      code: 'jobs.job-not-found',
    });
  });
});
