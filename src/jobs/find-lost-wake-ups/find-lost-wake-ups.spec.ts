import { Test, type TestingModule } from '@nestjs/testing';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database';
import { testEnv } from '../../../test/support/env';
import { arrangeMailbox } from '../../../test/support/mail-fixtures';
import { hasRedis, RedisServer } from '../../../test/support/redis';
import { ConfigModule } from '../../kernel/config/config.module';
import { DatabaseModule } from '../../kernel/database/database.module';
import { MetricsModule } from '../../kernel/observability/metrics.module';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { Queues } from '../../kernel/queue/queues';
import { BackgroundJobsRepository } from '../background-jobs.repository';
import { DispatchWakeUp } from '../dispatch-jobs/dispatch-wake-up';
import { DispatchesRepository } from '../dispatches.repository';
import { ProcessingJobsRepository } from '../processing-jobs.repository';
import { emailQueue } from '../contracts';
import { FindLostWakeUps } from './find-lost-wake-ups';

describe.each([
  ['Postgres', true],
  ['Redis', hasRedis],
])('wake-ups in %s', (backend, isThere) => {
  let database: TestDatabase;
  let owner: Client;
  let redis: RedisServer | undefined;
  let module: TestingModule;

  const sql = async <T extends object>(text: string, values: unknown[] = []) =>
    (await owner.query<T>(text, values)).rows;

  beforeAll(async () => {
    if (!isThere) return;
    database = await createTestDatabase();
    owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    if (backend === 'Redis') redis = await RedisServer.start();
    const env = testEnv(database.appUrl, redis ? { REDIS_URL: redis.url } : {});
    module = await Test.createTestingModule({
      imports: [ConfigModule.for(env), MetricsModule, DatabaseModule],
      providers: [
        FindLostWakeUps,
        Queues,
        ProcessingJobsRepository,
        DispatchesRepository,
        BackgroundJobsRepository,
        DispatchWakeUp,
      ],
    }).compile();
  });
  afterAll(async () => {
    if (!isThere) return;
    await module.close();
    await redis?.kill();
    await owner.end();
    await database.drop();
  });

  // Mutant: taking back what the queue still has, or what is younger than a look, sends everything twice.
  (isThere ? it : it.skip)('that the queue has lost are sent again, and no others', async () => {
    const uow = module.get(UnitOfWork);
    const jobs = module.get(ProcessingJobsRepository);
    const dispatches = module.get(DispatchesRepository);
    const mailbox = await arrangeMailbox(sql);
    const emailIds = await mailbox.discover(6);
    const sent = await uow.asService('test', async () => {
      await jobs.markQueued(await jobs.add(mailbox.userId, null, emailIds));
      return dispatches.claimDispatches(6);
    });
    const [kept, young, lost] = [sent.slice(0, 2), sent.slice(2, 4), sent.slice(4)];
    const queued = kept.map((data) => ({ id: data.dispatchId, data }));
    await module.get(Queues).send(emailQueue, queued);
    await sql(`update processing_jobs set dispatched_at = now() - interval '6 seconds' where id <> all($1)`, [
      young.flatMap(({ ids }) => ids),
    ]);
    await module.get(FindLostWakeUps).look();
    const taken = await sql<{ id: string }>('select id from processing_jobs where dispatch_id is null');
    expect(taken.map(({ id }) => id).sort()).toEqual(lost.flatMap(({ ids }) => ids).sort());
  });
});
