import { Test, type TestingModule } from '@nestjs/testing';
import { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { JobControlRepository } from '../../../src/jobs/job-control.repository';
import { OvernightRepository } from '../../../src/jobs/overnight.repository';
import { ProcessingJobsRepository } from '../../../src/jobs/processing-jobs.repository';
import { TurnsRepository } from '../../../src/jobs/turns.repository';
import { ConfigModule } from '../../../src/kernel/config/config.module';
import { DatabaseModule } from '../../../src/kernel/database/database.module';
import { MetricsModule } from '../../../src/kernel/observability/metrics.module';
import { UnitOfWork } from '../../../src/kernel/database/unit-of-work';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { testEnv } from '../../support/env';
import { arrangeMailbox, type Mailbox } from '../../support/mail-fixtures';

describe('turns of the overnight lane', () => {
  let database: TestDatabase;
  let owner: Client;
  let module: TestingModule;
  let uow: UnitOfWork;
  let jobs: ProcessingJobsRepository;
  let overnight: OvernightRepository;
  let control: JobControlRepository;
  let turns: TurnsRepository;
  let ada: Mailbox;
  let ben: Mailbox;

  const sql = async <T extends object>(text: string, values: unknown[] = []) =>
    (await owner.query<T>(text, values)).rows;
  const asService = <T>(work: () => Promise<T>) => uow.asService('test', work);
  const claim = () => asService(() => overnight.claim(10, 0, 60_000));
  const owners = async () => (await claim()).map(({ userId }) => userId);
  const queue = async (mailbox: Mailbox) => {
    const emailIds = await mailbox.discover(1);
    await asService(async () => jobs.markQueued(await jobs.add(mailbox.userId, null, emailIds)));
    await sql(`update processing_jobs set lane = 'overnight' where email_id = any($1)`, [emailIds]);
  };
  /** One mail of Ada's, away in a batch. */
  const sendAway = async () => {
    await queue(ada);
    const [job] = await claim();
    if (!job) throw new Error('Nothing was claimed');
    const batchId = uuidv7();
    await asService(() => overnight.enter(batchId, [job.leaseToken]));
    return { ...job, batchId };
  };
  const restarted = async (jobId: string) => {
    await asService(() => control.restart([jobId]));
    await sql(`update processing_jobs set state = 'queued', available_at = now() where id = $1`, [jobId]);
    expect(await claim()).toMatchObject([{ id: jobId, attempts: 1 }]);
  };
  const away = (batchId: string) =>
    asService(() => overnight.listAway(batchId, '00000000-0000-0000-0000-000000000000', 10));

  beforeAll(async () => {
    database = await createTestDatabase();
    owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    module = await Test.createTestingModule({
      imports: [ConfigModule.for(testEnv(database.appUrl)), MetricsModule, DatabaseModule],
      providers: [ProcessingJobsRepository, OvernightRepository, JobControlRepository, TurnsRepository],
    }).compile();
    [uow, jobs, overnight] = [
      module.get(UnitOfWork),
      module.get(ProcessingJobsRepository),
      module.get(OvernightRepository),
    ];
    [control, turns] = [module.get(JobControlRepository), module.get(TurnsRepository)];
    [ada, ben] = [await arrangeMailbox(sql), await arrangeMailbox(sql)];
  });
  beforeEach(async () => {
    await sql('delete from processing_jobs');
    await sql('delete from dispatch_lanes');
  });
  afterAll(async () => {
    await module.close();
    await owner.end();
    await database.drop();
  });

  // Mutant: a claim that does not ask who paused.
  it('passes by who paused', async () => {
    await queue(ada);
    await queue(ben);
    await asService(() => turns.pause(ada.userId));
    expect(await owners()).toEqual([ben.userId]);
    await asService(() => turns.resume(ada.userId));
    expect(await owners()).toEqual([ada.userId]);
  });

  // Mutant: a claim that does not look at the lanes.
  it.each([
    ['a mailbox', () => `mailbox:${ada.connectionId}` as const],
    ["a user's budget", () => `user:${ada.userId}` as const],
  ])('passes by %s whose lane is closed, and no other', async (_what, lane) => {
    await queue(ada);
    await queue(ben);
    await asService(() => turns.close({ lane: lane(), forMs: 60_000, reasonCode: 'test' }));
    expect(await owners()).toEqual([ben.userId]);
    await sql(`update dispatch_lanes set paused_until = now()`);
    expect(await owners()).toEqual([ada.userId]);
  });

  it('makes no batch while the model asks to be left alone', async () => {
    await queue(ada);
    await asService(() => turns.close({ lane: 'model', forMs: 60_000, reasonCode: 'test' }));
    expect(await owners()).toEqual([]);
  });

  // Mutant: a cancel, or a restart, that leaves batch_id: the old batch takes the new work for its own.
  it('a mail that was cancelled in a batch and is tried again is none of that batch', async () => {
    const job = await sendAway();
    expect(await away(job.batchId)).toHaveLength(1);
    await asService(() => control.cancel(job.id, 'test'));
    expect(await sql('select batch_id, batch_rounds from processing_jobs')).toEqual([
      { batch_id: null, batch_rounds: 0 },
    ]);
    await restarted(job.id);
    expect(await away(job.batchId)).toEqual([]);
  });

  it('nor is one that failed there', async () => {
    const job = await sendAway();
    await sql(
      `update processing_jobs set state = 'failed', reason_code = 'test', finished_at = now(), lease_token = null, lease_expires_at = null`,
    );
    await restarted(job.id);
    expect(await away(job.batchId)).toEqual([]);
  });
});
