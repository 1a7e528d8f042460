import { setTimeout as sleep } from 'node:timers/promises';
import { CqrsModule } from '@nestjs/cqrs';
import { Test, type TestingModule } from '@nestjs/testing';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { draftOf } from '../../support/draft';
import { testEnv } from '../../support/env';
import { arrangeMailbox } from '../../support/mail-fixtures';
import { EmailRepository } from '../../../src/email/email.repository';
import { KeepAnswerHandler } from '../../../src/email/keep-answer/keep-answer.handler';
import { ModelMetrics } from '../../../src/email/model-metrics';
import { StoreSummariesHandler } from '../../../src/email/store-summaries/store-summaries.handler';
import { Spending } from '../../../src/email/summariser/spending';
import { UsageRepository } from '../../../src/email/usage.repository';
import { ConfigModule } from '../../../src/kernel/config/config.module';
import { DatabaseModule } from '../../../src/kernel/database/database.module';
import { UnitOfWork } from '../../../src/kernel/database/unit-of-work';
import { MetricsModule } from '../../../src/kernel/observability/metrics.module';
import { runAsWork } from '../../../src/kernel/observability/work-context';
import { Outbox } from '../../../src/kernel/outbox/outbox';
import { OutboxWakeUp } from '../../../src/kernel/outbox/outbox-wake-up';
import { JobEndings } from '../../../src/jobs/job-endings';
import { JobMetrics } from '../../../src/jobs/job-metrics';
import { type LeasedJob, ProcessingJobsRepository } from '../../../src/jobs/processing-jobs.repository';
import { TurnsRepository } from '../../../src/jobs/turns.repository';

describe('answers that come together', () => {
  let database: TestDatabase;
  let owner: Client;
  let module: TestingModule;
  let endings: JobEndings;
  let jobs: ProcessingJobsRepository;

  const sql = async <T extends object>(text: string, values: unknown[] = []) =>
    (await owner.query<T>(text, values)).rows;
  const inService = <T>(work: () => Promise<T>) => module.get(UnitOfWork).asService('test', work);

  beforeAll(async () => {
    database = await createTestDatabase();
    owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    module = await Test.createTestingModule({
      imports: [
        ConfigModule.for(testEnv(database.appUrl)),
        DatabaseModule,
        MetricsModule,
        CqrsModule.forRoot(),
      ],
      providers: [
        ...[JobEndings, JobMetrics, ProcessingJobsRepository, TurnsRepository],
        ...[StoreSummariesHandler, KeepAnswerHandler, EmailRepository, UsageRepository, ModelMetrics],
        ...[Outbox, OutboxWakeUp],
      ],
    }).compile();
    await module.init();
    [endings, jobs] = [module.get(JobEndings), module.get(ProcessingJobsRepository)];
  });
  afterAll(async () => {
    await module.close();
    await owner.end();
    await database.drop();
  });

  /** Jobs of one mailbox that a worker holds. */
  async function arrangeHeld(count: number): Promise<{ userId: string; held: LeasedJob[] }> {
    const { userId, connectionId, discover } = await arrangeMailbox(sql);
    const held = await sql<LeasedJob>(
      `insert into processing_jobs (id, user_id, email_id, connection_id, state, attempts, lease_token, lease_expires_at, request_id)
       select id, $2, id, $3, 'running', 1, gen_random_uuid(), now() + interval '1 minute', 'call-' || place
       from unnest($1::uuid[]) with ordinality as mail (id, place)
       returning id, user_id as "userId", email_id as "emailId", connection_id as "connectionId", attempts, deferrals,
         lease_token as "leaseToken", traceparent, request_id as "requestId"`,
      [await discover(count), userId, connectionId],
    );
    return { userId, held };
  }

  /** Ends a job with an answer that took one token each way. */
  const end = async (job: LeasedJob) => {
    const spending = new Spending();
    spending.add('claude-haiku-5-5', { input: 1, output: 1, cacheRead: 0, cacheWrite: 0 });
    const answer = { draft: await draftOf(owner, job.emailId), spending };
    return () => runAsWork('test', job, () => endings.done(job, { answer }));
  };
  const endTogether = async (held: LeasedJob[]) => {
    const ends = await Promise.all(held.map(end));
    return Promise.allSettled(ends.map((done) => done()));
  };
  const booksOf = async (userId: string) =>
    (
      await sql(
        `select (select count(*)::int from email_summaries where user_id = $1) as summaries,
           (select count(distinct xmin::text)::int from email_summaries where user_id = $1) as transactions,
           (select count(*)::int from summary_drafts where user_id = $1) as drafts,
           (select count(*)::int from processing_jobs where user_id = $1 and state = 'done') as done,
           (select sum(summarised)::int from usage_analytics where user_id = $1) as summarised,
           (select sum(output_tokens)::int from usage_analytics where user_id = $1) as "outputTokens"`,
        [userId],
      )
    )[0];

  // Mutants: the day counts one mail for all of them, or what one answer took.
  it('are stored, counted and published in one transaction', async () => {
    const { userId, held } = await arrangeHeld(4);
    await endTogether(held);
    expect(await booksOf(userId)).toEqual({
      ...{ summaries: 4, transactions: 1, drafts: 0, done: 4, summarised: 4, outputTokens: 4 },
    });
    const events = await sql<{ email: string; call: string }>(
      `select payload->>'emailId' as email, request_id as call from outbox_messages where user_id = $1`,
      [userId],
    );
    // Mutant: every event follows from the work of whoever came first.
    expect(new Map(events.map(({ email, call }) => [email, call]))).toEqual(
      new Map(held.map(({ emailId, requestId }) => [emailId, requestId])),
    );
  });

  // Mutants: `<` left out of the count of ended jobs; no try of each by itself (three more answers are kept, and asked for again).
  it('are stored without the one whose lease is lost, which is kept', async () => {
    const { userId, held } = await arrangeHeld(4);
    const [lost] = held;
    await sql('update processing_jobs set lease_token = gen_random_uuid() where id = $1', [lost?.id]);
    const outcomes = await endTogether(held);
    expect(outcomes.map(({ status }) => status)).toEqual([
      ...['rejected', 'fulfilled', 'fulfilled', 'fulfilled'],
    ]);
    expect(outcomes[0]).toMatchObject({ reason: { code: 'jobs.lease-lost' } });
    expect(await booksOf(userId)).toMatchObject({
      ...{ summaries: 3, drafts: 1, done: 3, summarised: 3, outputTokens: 4 },
    });
  });

  // Mutant: a renewal that waits, and that whoever waits for the other of two mails waits for in turn.
  it('are not waited for by the renewal of their leases, which renews the others', async () => {
    const { held } = await arrangeHeld(2);
    const [ending] = held;
    const leases = () =>
      sql<{ isLong: boolean }>(
        `select lease_expires_at > now() + interval '2 minutes' as "isLong" from processing_jobs
         where id = any($1) order by id = $2 desc`,
        [held.map(({ id }) => id), ending?.id],
      );
    await sql('begin');
    await sql('select from processing_jobs where id = $1 for update', [ending?.id]);
    const renewal = inService(() =>
      jobs.renewLeases(
        held.map(({ leaseToken }) => leaseToken),
        180_000,
      ),
    );
    const first = await Promise.race([renewal.then(() => 'renewed'), sleep(2_000, 'waits')]);
    await sql('commit');
    await renewal;
    expect(first).toBe('renewed');
    expect(await leases()).toEqual([{ isLong: false }, { isLong: true }]);
  });

  // Mutant: another order, in which this and a cancelling wait for each other.
  it('lock their jobs in the order of the ids', async () => {
    const { held } = await arrangeHeld(3);
    const [first, ...later] = held.map(({ id }) => id).sort();
    await sql('begin');
    await sql('select from processing_jobs where id = $1 for update', [first]);
    const ended = endTogether(held.toReversed());
    await sleep(300);
    await sql(`set local lock_timeout = '200ms'`);
    const { length } = await sql('select from processing_jobs where id = any($1) for update', [later]);
    await sql('commit');
    expect(length).toBe(2);
    expect((await ended).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
  });
});
