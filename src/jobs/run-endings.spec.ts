import { setTimeout as sleep } from 'node:timers/promises';
import { Test, type TestingModule } from '@nestjs/testing';
import { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { createTestDatabase, type TestDatabase } from '../../test/support/database';
import { testEnv } from '../../test/support/env';
import { arrangeMailbox } from '../../test/support/mail-fixtures';
import { ConfigModule } from '../kernel/config/config.module';
import { DatabaseModule } from '../kernel/database/database.module';
import { UnitOfWork } from '../kernel/database/unit-of-work';
import { MetricsModule } from '../kernel/observability/metrics.module';
import { Outbox } from '../kernel/outbox/outbox';
import { OutboxWakeUp } from '../kernel/outbox/outbox-wake-up';
import type { RunFinished } from './contracts';
import { JobControlRepository } from './job-control.repository';
import { type LeasedJob, ProcessingJobsRepository } from './processing-jobs.repository';
import { RunEndings } from './run-endings';
import { RunsRepository } from './runs.repository';

type Job = Pick<LeasedJob, 'id' | 'emailId' | 'leaseToken'>;

describe('a run that comes to rest', () => {
  let database: TestDatabase;
  let owner: Client;
  let module: TestingModule;
  let jobs: ProcessingJobsRepository;
  let endings: RunEndings;

  const sql = async <T extends object>(text: string, values: unknown[] = []) =>
    (await owner.query<T>(text, values)).rows;
  const inService = <T>(work: () => Promise<T>) => module.get(UnitOfWork).asService('test', work);

  beforeAll(async () => {
    database = await createTestDatabase();
    owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    module = await Test.createTestingModule({
      imports: [ConfigModule.for(testEnv(database.appUrl)), DatabaseModule, MetricsModule],
      providers: [
        ...[RunEndings, RunsRepository, ProcessingJobsRepository, JobControlRepository],
        ...[Outbox, OutboxWakeUp],
      ],
    }).compile();
    jobs = module.get(ProcessingJobsRepository);
    endings = module.get(RunEndings);
  });
  afterAll(async () => {
    await module.close();
    await owner.end();
    await database.drop();
  });

  /** A run whose walk goes on, with so many mails found, none of them a job yet. */
  async function arrangeRun(count: number) {
    const mailbox = await arrangeMailbox(sql);
    const runId = uuidv7();
    await sql(
      `insert into background_jobs (id, user_id, connection_id, kind, trigger, state) values ($1, $2, $3, 'mailbox-sync', 'user', 'queued')`,
      [runId, mailbox.userId, mailbox.connectionId],
    );
    await sql(
      `update background_jobs set state = 'running', lease_token = gen_random_uuid(), lease_expires_at = now() + interval '1 minute' where id = $1`,
      [runId],
    );
    const emailIds = await mailbox.discover(count);
    await sql('update email_discoveries set run_id = $1 where id = any($2)', [runId, emailIds]);
    return { ...mailbox, runId, emailIds };
  }
  type Arranged = Awaited<ReturnType<typeof arrangeRun>>;

  const queue = ({ userId, runId }: Arranged, emailIds: string[]) =>
    inService(async () => {
      await endings.lockRunsOf(emailIds);
      await jobs.markQueued(await jobs.add(userId, runId, emailIds));
    });
  const lease = (emailIds: string[]) =>
    sql<Job>(
      `update processing_jobs set state = 'running', lease_token = gen_random_uuid(), lease_expires_at = now() + interval '1 minute' where email_id = any($1)
       returning id, email_id as "emailId", lease_token as "leaseToken"`,
      [emailIds],
    );
  const start = async (run: Arranged) => {
    await queue(run, run.emailIds);
    return lease(run.emailIds);
  };
  /** `holdMs` passes between the last statement and the commit. */
  const end = (job: Job, state: 'done' | 'failed', meanwhile = () => Promise.resolve(), holdMs = 0) =>
    inService(async () => {
      await jobs.finish([job as LeasedJob], state, state === 'done' ? null : 'test.failed');
      await meanwhile();
      await endings.tellOf([job.emailId]);
      await sleep(holdMs);
    });
  const endWalk = ({ runId }: Arranged, state: string, meanwhile = () => Promise.resolve()) =>
    inService(async () => {
      const { db } = module.get(UnitOfWork);
      await db.$executeRaw`update background_jobs set state = ${state}, finished_at = now(), lease_token = null, lease_expires_at = null where id = ${runId}::uuid`;
      await meanwhile();
      await endings.tell([runId]);
    });
  const told = async ({ runId }: Arranged) =>
    (
      await sql<{ payload: RunFinished }>(
        `select payload from outbox_messages where type = 'jobs.run-finished.v1' and subject_id = $1 order by id`,
        [runId],
      )
    ).map(({ payload }) => payload);
  /** Resolves for all who wait once `count` of them do: each has written, none has committed. */
  function meeting(count: number): () => Promise<void> {
    let open = (): void => undefined;
    const all = new Promise<void>((resolve) => (open = resolve));
    return () => {
      count -= 1;
      if (count === 0) open();
      return all;
    };
  }

  // Mutant: looking at the run's mails without its row locked: each worker sees the other's mail running, and nobody tells.
  it('is told once when two workers end its last two mails at once', async () => {
    const run = await arrangeRun(2);
    const [first, second] = (await start(run)) as [Job, Job];
    await endWalk(run, 'done');
    expect(await told(run)).toEqual([]);
    const met = meeting(2);
    await Promise.all([end(first, 'done', met, 200), end(second, 'failed', met, 200)]);
    const { userId, connectionId, runId } = run;
    const none = { awaiting_credits: 0, queued: 0, running: 0, skipped: 0, cancelled: 0 };
    expect(await told(run)).toEqual([
      {
        ...{ userId, connectionId, runId, revision: 1, state: 'done' },
        mails: { ...none, done: 1, failed: 1 },
        credits: { captured: 1, released: 1 },
      },
    ]);
  });

  // Mutant: asking whether the walk is over before the lock is there.
  it('is told once when its walk ends beside its last mail', async () => {
    const run = await arrangeRun(1);
    const [only] = (await start(run)) as [Job];
    const bothWrote = meeting(2);
    await Promise.all([end(only, 'done', bothWrote), endWalk(run, 'done', bothWrote)]);
    expect(await told(run)).toHaveLength(1);
  });

  // Mutant: an ending that asks for the jobs alone tells of a run whose last page is still in the outbox.
  it('is not at rest while a mail that was found is no job yet', async () => {
    const run = await arrangeRun(2);
    const [first = '', second = ''] = run.emailIds;
    await queue(run, [first]);
    const [job] = (await lease([first])) as [Job];
    await endWalk(run, 'done');
    await end(job, 'done');
    expect(await told(run)).toEqual([]);
    await inService(async () => {
      await jobs.add(run.userId, run.runId, [second]);
      await endings.tell([run.runId]);
    });
    expect(await told(run)).toMatchObject([{ mails: { done: 1, awaiting_credits: 1 } }]);
  });

  it('is told of when it found nothing, and when it was cancelled', async () => {
    const empty = await arrangeRun(0);
    await endWalk(empty, 'cancelled');
    await inService(() => endings.tell([empty.runId]));
    expect(await told(empty)).toMatchObject([
      { state: 'cancelled', credits: { captured: 0, released: 0 }, revision: 1 },
    ]);
  });

  // Mutant: queueing that leaves the run closed: what a retry comes to is never told.
  it('is opened by a retry and finishes once more, as the next revision', async () => {
    const run = await arrangeRun(1);
    const [job] = (await start(run)) as [Job];
    await endWalk(run, 'done');
    await end(job, 'failed');
    await inService(async () => {
      await module.get(JobControlRepository).restart([job.id]);
      await endings.lockRunsOf(run.emailIds);
      await jobs.markQueued(run.emailIds);
    });
    const [again] = (await lease(run.emailIds)) as [Job];
    await end(again, 'done');
    expect(await told(run)).toMatchObject([
      { revision: 1, mails: { failed: 1 } },
      { revision: 2, mails: { done: 1, failed: 0 }, credits: { captured: 1, released: 0 } },
    ]);
  });
});
