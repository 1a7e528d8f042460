import { Api } from '../../../sandbox/demo/api';
import {
  balanceOf,
  buyCredits,
  consent,
  follow,
  register,
  type Run,
  sync,
  until,
} from '../../../sandbox/demo/journey';
import { fillMailbox } from '../../../sandbox/demo/mailbox';
import { StartSync } from '../../../src/jobs/contracts';
import { RecoverJobs } from '../../../src/jobs/recover-jobs/recover-jobs';
import { ScheduleSyncs } from '../../../src/jobs/schedule-syncs/schedule-syncs';
import { CommandBus } from '@nestjs/cqrs';
import { startTestApp, type TestApp } from '../../support/app';
import { expectRightBooks } from '../../support/books';

const mail = (index: number) => ({
  raw: Buffer.from(
    `From: Bo <bo@example.org>\r\nTo: x@example.com\r\nSubject: Note ${index}\r\nMessage-ID: <${index}.${Math.random()}@example.org>\r\n\r\nPlease read note number ${index} before Friday.\r\n`,
  ),
  internalDate: Date.parse('2026-11-20T10:00:00Z') - index * 60_000,
});

describe('credits and work', () => {
  let product: TestApp;
  let users = 0;
  beforeAll(async () => {
    product = await startTestApp({ env: { JOB_LEASE_MS: '1500' } });
  });
  afterEach(() => expectRightBooks(product));
  afterAll(() => product.close());

  /** A user with a connected mailbox of so many mails. */
  async function arrange(mails: number): Promise<{ api: Api; email: string; userId: string }> {
    users += 1;
    const email = `user${users}@example.com`;
    await fillMailbox(
      product.google.url,
      email,
      Array.from({ length: mails }, (_, index) => mail(index)),
    );
    const api = new Api(product.url);
    await consent(
      await register(api, { email, password: 'correct-horse-battery-staple' }),
      email,
      product.url,
    );
    const [user] = await product.sql<{ id: string }>('select id from users where email = $1', [email]);
    await until(async () => (await balanceOf(api)).granted > 0, 'the welcome credits');
    return { api, email, userId: user?.id ?? '' };
  }
  const finished = ({ mails }: Run) => mails.done + mails.skipped + mails.failed + mails.cancelled;

  it('what the balance pays for runs, newest first; the rest waits and resumes when credits are bought', async () => {
    const { api, userId } = await arrange(1);
    const { available } = await balanceOf(api);
    const { email } = { email: `user${users}@example.com` };
    await product.google.app.inject({
      method: 'POST',
      url: `/__control/mailboxes/${email}/messages`,
      payload: Array.from({ length: available + 4 }, (_, index) => ({
        raw: mail(index + 1).raw.toString('base64'),
        internalDate: mail(index + 1).internalDate,
      })),
    });
    const runId = await sync(api);
    const run = await follow(api, runId, () => undefined);
    await until(async () => (await balanceOf(api)).held === 0, 'the captures');
    expect(run.mails).toMatchObject({ done: available, awaiting_credits: 5 });
    expect((await balanceOf(api)).available).toBe(0);
    const [oldest] = await product.sql<{ late: number }>(
      `select count(*)::int as late from processing_jobs w join processing_jobs d on d.user_id = w.user_id
       where w.user_id = $1 and w.state = 'awaiting_credits' and d.state = 'done' and d.received_at < w.received_at`,
      [userId],
    );
    expect(oldest?.late).toBe(0);
    await buyCredits(api, 5);
    await until(
      async () => (await api.get<Run>(`/api/jobs/runs/${runId}`)).mails.done === available + 5,
      'the waiting mails',
    );
    await until(async () => (await balanceOf(api)).held === 0, 'the captures');
  });

  it('a run never takes more credits than its cap', async () => {
    const { api } = await arrange(12);
    const { runs } = await api.post<{ runs: { runId: string }[] }>('/api/gmail/sync', { maxCredits: 7 });
    const run = await follow(api, runs[0]?.runId ?? '', () => undefined);
    expect(run.mails).toMatchObject({ done: 7, cancelled: 5 });
    await until(async () => (await balanceOf(api)).captured === 7, 'the captures');
  });

  it('20 syncs asked for at once are one run', async () => {
    const { api } = await arrange(3);
    const started = await Promise.all(
      Array.from({ length: 20 }, () => api.post<{ runs: { runId: string }[] }>('/api/gmail/sync', {})),
    );
    const runIds = new Set(started.map(({ runs }) => runs[0]?.runId));
    const [first] = [...runIds];
    const run = await follow(api, first ?? '', () => undefined);
    expect(finished(run)).toBe(3);
    const [{ discovered } = { discovered: -1 }] = await product.sql<{ discovered: number }>(
      'select count(*)::int as discovered from email_discoveries d join background_jobs b on b.id = d.run_id where b.id = any($1)',
      [[...runIds]],
    );
    expect(discovered).toBe(3);
  });

  it('a mail that vanished before it was read is skipped without charge', async () => {
    const { api } = await arrange(2);
    await product.google.app.inject({
      method: 'POST',
      url: '/__control/faults',
      payload: {
        action: 'respond',
        method: 'GET',
        path: '^/gmail/v1/users/me/messages/[0-9a-f]+$',
        skip: 2, // the two that read the facts at discovery
        times: 1,
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
    const run = await follow(api, await sync(api), () => undefined);
    expect(run.mails).toMatchObject({ done: 1, skipped: 1 });
    await until(async () => (await balanceOf(api)).held === 0, 'the release');
    expect((await balanceOf(api)).captured).toBe(1);
  });

  it('a refused mail costs nothing and is told with its reason', async () => {
    const { api } = await arrange(3);
    await product.anthropic.app.inject({
      method: 'POST',
      url: '/__control/answers',
      payload: { kind: 'refusal', times: 1, match: 'note number 1' },
    });
    const run = await follow(api, await sync(api), () => undefined);
    expect(run.mails).toMatchObject({ done: 2, failed: 1 });
    await until(async () => (await balanceOf(api)).held === 0, 'the release');
    expect((await balanceOf(api)).captured).toBe(2);
    const { data } = await api.get<{ data: { reasonCode: string }[] }>('/api/jobs?state=failed');
    expect(data).toMatchObject([{ reasonCode: 'email.refused' }]);
  });

  it('an overloaded model only delays', async () => {
    const { api } = await arrange(2);
    await product.anthropic.app.inject({
      method: 'POST',
      url: '/__control/answers',
      payload: { kind: 'overloaded', times: 2 },
    });
    const run = await follow(api, await sync(api), () => undefined);
    expect(run.mails).toMatchObject({ done: 2, failed: 0 });
  });

  // Mutant: a recovery that only counts attempts would start a poison mail for ever.
  it('a mail that outlives its attempts is given up and its credit released', async () => {
    const { api, userId } = await arrange(1);
    await product.stopWorker();
    const runId = await sync(api);
    await product.startWorker();
    await follow(api, runId, () => undefined);
    await until(async () => (await balanceOf(api)).held === 0, 'the capture');
    const { api: other, userId: poisoned } = await arrange(1);
    await product.anthropic.app.inject({ method: 'POST', url: '/__control/latency', payload: { ms: 3_000 } });
    const poisonRun = await sync(other);
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
    const run = await follow(other, poisonRun, () => undefined);
    expect(run.mails).toMatchObject({ failed: 1, done: 0 });
    await until(async () => (await balanceOf(other)).held === 0, 'the release');
    expect((await balanceOf(other)).captured).toBe(0);
    expect(userId).not.toBe(poisoned);
  });

  it('a push and a schedule join the run that is under way', async () => {
    const { api, userId } = await arrange(1);
    const [connection] = await product.sql<{ id: string }>(
      'select id from gmail_connections where user_id = $1',
      [userId],
    );
    await product.stopWorker();
    const runId = await sync(api);
    const bus = product.app.get(CommandBus);
    expect(await bus.execute(new StartSync(userId, connection?.id ?? '', 'push'))).toEqual({ runId });
    await product.startWorker();
    await follow(api, runId, () => undefined);
  });

  it('a mail whose push was lost is found by the hourly poll', async () => {
    const { api, email, userId } = await arrange(1);
    await follow(api, await sync(api), () => undefined);
    await product.google.app.inject({
      method: 'POST',
      url: `/__control/mailboxes/${email}/messages`,
      payload: [{ raw: mail(77).raw.toString('base64') }],
    });
    await product.sql(
      `update gmail_connections set last_synced_at = now() - interval '2 hours' where user_id = $1`,
      [userId],
    );
    await product.app.get(ScheduleSyncs).schedule();
    await until(async () => (await balanceOf(api)).captured === 2, 'the second summary');
    expect(
      await product.sql(`select trigger from background_jobs where user_id = $1 order by id`, [userId]),
    ).toEqual([{ trigger: 'user' }, { trigger: 'schedule' }]);
  });
});
