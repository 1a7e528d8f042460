import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { v7 as uuidv7 } from 'uuid';
import type { Api } from '../../../sandbox/demo/api';
import { balanceOf, follow, type Run, sync, until } from '../../../sandbox/demo/journey';
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
import { WalksRepository } from '../../../src/gmail/walks.repository';
import { RecoverJobs } from '../../../src/jobs/recover-jobs/recover-jobs';
import { UnitOfWork } from '../../../src/kernel/database/unit-of-work';
import { startTestApp, type TestApp } from '../../support/app';
import { expectRightBooks } from '../../support/books';
import { arrangeReader } from '../../support/reader';

interface Job {
  id: string;
  state: string;
  reasonCode: string | null;
}

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
  const jobsOf = async (api: Api, query = '') =>
    (await api.get<{ data: Job[] }>(`/api/jobs?limit=100${query}`)).data;
  const runOf = (api: Api, runId: string) => api.get<Run>(`/api/jobs/runs/${runId}`);
  const audited = async (userId: string) =>
    (
      await product.sql<{ action: string }>(
        `select action from audit_logs where user_id = $1 and action like 'jobs.%' and action <> 'jobs.sync-started' order by id`,
        [userId],
      )
    ).map(({ action }) => action);
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
    const { api, userId } = await arrangeReader(product, 1);
    await control('/__control/latency', { ms: 1_500 });
    const runId = await sync(api);
    const jobId = await runningMail(userId);
    await api.post(`/api/jobs/${jobId}/cancel`, {});
    expect(await balanceOf(api)).toMatchObject({ held: 0, captured: 0 });
    await until(
      async () =>
        (await product.sql(`select from usage_analytics where user_id = $1 and cost_micros > 0`, [userId]))
          .length === 1,
      'the cost of the answer',
    );
    expect((await runOf(api, runId)).mails).toMatchObject({ cancelled: 1, done: 0 });
    expect(await product.sql('select from email_summaries where user_id = $1', [userId])).toEqual([]);
    expect(await jobsOf(api)).toMatchObject([{ reasonCode: 'jobs.cancelled-by-user' }]);
    await expect(api.post(`/api/jobs/${jobId}/cancel`, {})).rejects.toThrow('jobs.job-ended');
    await control('/__control/latency', { ms: 0 });
    expect(await api.post(`/api/jobs/${jobId}/retry`, {})).toEqual({ state: 'queued' });
    await until(async () => (await balanceOf(api)).captured === 1, 'the capture after all');
    await expect(api.post(`/api/jobs/${jobId}/retry`, {})).rejects.toThrow('jobs.not-retryable');
    expect(await audited(userId)).toEqual(['jobs.job-cancelled', 'jobs.job-retried']);
  });

  it('cancelling a run stops all of it, and what is found too late', async () => {
    const { api, userId } = await arrangeReader(product, 30);
    await api.post('/api/jobs/pause', {});
    const runId = await sync(api);
    await until(async () => (await runOf(api, runId)).mails.queued > 0, 'the first mails');
    await api.post(`/api/jobs/runs/${runId}/cancel`, {});
    await until(async () => {
      const found = await product.sql(
        'select from email_discoveries d left join processing_jobs j on j.email_id = d.id where d.user_id = $1 and j.id is null',
        [userId],
      );
      return found.length === 0;
    }, 'the mails on their way');
    const run = await runOf(api, runId);
    expect(run.mails.cancelled).toBeGreaterThan(0);
    expect(run.mails.queued + run.mails.running + run.mails.done).toBe(0);
    expect(await balanceOf(api)).toMatchObject({ held: 0, captured: 0 });
    expect(await api.post(`/api/jobs/runs/${runId}/cancel`, {})).toEqual({ cancelled: 0 });
    await api.post('/api/jobs/resume', {});
  });

  // Mutants: a cancel that leaves the walker its mailbox; one that takes it from the walker of another run.
  it('cancelling a run stops its walker at the next page, and no other', async () => {
    const { api, userId } = await arrangeReader(product, 1);
    await product.stopWorker();
    const uow = product.app.get(UnitOfWork);
    const walks = product.app.get(WalksRepository, { strict: false });
    const [box] = await product.sql<{ id: string }>('select id from gmail_connections where user_id = $1', [
      userId,
    ]);
    const connectionId = box?.id ?? '';
    const walking = async () => {
      const runId = await sync(api);
      await product.sql(
        `update background_jobs set state = 'running', lease_token = gen_random_uuid(), lease_expires_at = now() + interval '1 minute' where id = $1`,
        [runId],
      );
      const lease = uuidv7();
      await uow.asService('test', () => walks.claim(userId, connectionId, lease, 60_000));
      return { runId, commits: () => uow.asService('test', () => walks.advance(connectionId, lease, {})) };
    };
    const first = await walking();
    expect(await first.commits()).toBe(true);
    await api.post(`/api/jobs/runs/${first.runId}/cancel`, {});
    expect(await first.commits()).toBe(false);
    const second = await walking();
    await api.post(`/api/jobs/runs/${first.runId}/cancel`, {});
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

  // Mutant: a retry that does not hold anew leaves a queued job without a credit (I8).
  it('the failed mails of a run are tried again, each with a hold of its own', async () => {
    const { api, userId } = await arrangeReader(product, 4);
    await refuse(1);
    await refuse(2);
    const runId = await sync(api);
    expect((await follow(api, runId, () => undefined)).mails).toMatchObject({ done: 2, failed: 2 });
    await until(async () => (await balanceOf(api)).held === 0, 'the releases');
    const retried = await api.post<object>(`/api/jobs/runs/${runId}/retry`, {});
    expect(retried).toEqual({ queued: 2, awaitingCredits: 0, left: 0 });
    await until(async () => (await balanceOf(api)).captured === 4, 'the captures');
    expect((await runOf(api, runId)).mails).toMatchObject({ done: 4, failed: 0 });
    expect(await audited(userId)).toEqual(['jobs.run-retried']);
    const holds = await product.sql('select from credit_holds where user_id = $1', [userId]);
    expect(holds).toHaveLength(6);
  });

  // Mutant: a retry that does not look at the outbox: the late release takes the new hold, and the job runs unpaid (I8).
  it('is told to wait while the last credit is still on its way back', async () => {
    const { api, userId } = await arrangeReader(product, 1);
    await refuse(0);
    const runId = await sync(api);
    await follow(api, runId, () => undefined);
    await until(async () => (await balanceOf(api)).held === 0, 'the release');
    const [job] = await jobsOf(api);
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
    await expect(api.post(`/api/jobs/${job?.id}/retry`, {})).rejects.toThrow('jobs.not-settled');
    expect(await api.post(`/api/jobs/runs/${runId}/retry`, {})).toEqual({
      queued: 0,
      awaitingCredits: 0,
      left: 1,
    });
    await product.sql(`update outbox_messages set available_at = now() where published_at is null`);
    await product.startWorker();
    await until(
      async () => (await api.post<{ queued: number }>(`/api/jobs/runs/${runId}/retry`, {})).queued === 1,
      'the retry',
    );
    await until(async () => (await balanceOf(api)).captured === 1, 'the capture');
  });

  it('without a credit a retried mail waits for one', async () => {
    const { api, userId } = await arrangeReader(product, 1);
    await refuse(0);
    const runId = await sync(api);
    await follow(api, runId, () => undefined);
    await until(async () => (await balanceOf(api)).held === 0, 'the release');
    const { available } = await balanceOf(api);
    await product.sql('select ledger_adjust($1, $2, $3, $4, $5)', [
      userId,
      uuidv7(),
      uuidv7(),
      -available,
      'test',
    ]);
    const [job] = await jobsOf(api);
    expect(await api.post(`/api/jobs/${job?.id}/retry`, {})).toEqual({ state: 'awaiting_credits' });
  });

  it('pausing starts nothing more, and resuming goes on', async () => {
    const { api } = await arrangeReader(product, 2);
    await api.post('/api/jobs/pause', {});
    await api.post('/api/jobs/pause', {});
    expect(await api.get('/api/jobs/processing')).toMatchObject({
      enabled: true,
      pausedSince: expect.any(String) as string,
      class: 'trial',
      pausedLanes: [],
    });
    const runId = await sync(api);
    await until(async () => (await runOf(api, runId)).mails.queued === 2, 'both mails');
    const other = await arrangeReader(product, 1);
    await follow(other.api, await sync(other.api), () => undefined);
    expect((await runOf(api, runId)).mails).toMatchObject({ queued: 2 });
    await api.post('/api/jobs/resume', {});
    expect((await follow(api, runId, () => undefined)).mails).toMatchObject({ done: 2 });
    expect(await api.get('/api/jobs/processing')).toMatchObject({ pausedSince: null });
  });

  it('a quarantined mail is shown with its reason, runs again only by an administrator, and costs once', async () => {
    const { api, userId } = await arrangeReader(product, 1);
    await control('/__control/latency', { ms: 3_000 });
    const runId = await sync(api);
    const jobId = await runningMail(userId);
    await product.sql(
      `update processing_jobs set attempts = 5, lease_token = gen_random_uuid(), lease_expires_at = now() - interval '1 s' where id = $1`,
      [jobId],
    );
    await product.app.get(RecoverJobs).recover();
    await control('/__control/latency', { ms: 0 });
    expect(await jobsOf(api, '&state=failed')).toMatchObject([{ id: jobId, reasonCode: 'jobs.quarantined' }]);
    await expect(api.post(`/api/jobs/${jobId}/retry`, {})).rejects.toThrow('jobs.quarantined');
    expect(await api.post(`/api/jobs/runs/${runId}/retry`, {})).toMatchObject({ queued: 0, left: 1 });
    const queries = product.app.get(QueryBus);
    expect(await queries.execute(new ListQuarantined(null, 10))).toMatchObject([{ id: jobId, userId }]);
    expect(await queries.execute(new GetQueueHealth())).toMatchObject({ quarantined: 1, enabled: true });
    await until(async () => (await balanceOf(api)).held === 0, 'the release');
    await until(
      async () =>
        (await command<{ state: string }>(new ReleaseQuarantined(jobId)).catch(() => undefined)) !==
        undefined,
      'the event to be through the relay',
    );
    await until(async () => (await balanceOf(api)).captured === 1, 'the capture');
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
    await ada.api.post('/api/jobs/pause', {});
    const runId = await sync(ada.api);
    await until(async () => (await runOf(ada.api, runId)).mails.queued === 1, 'the mail');
    const [job] = await jobsOf(ada.api);
    for (const path of [`/api/jobs/${job?.id}/cancel`, `/api/jobs/${job?.id}/retry`])
      await expect(ben.api.post(path, {})).rejects.toThrow('jobs.job-not-found');
    for (const path of [`/api/jobs/runs/${runId}/cancel`, `/api/jobs/runs/${runId}/retry`])
      await expect(ben.api.post(path, {})).rejects.toThrow('jobs.run-not-found');
    await command(new CancelJob('admin', job?.id ?? ''));
    expect(await jobsOf(ada.api)).toMatchObject([
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
