import { Test, type TestingModule } from '@nestjs/testing';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase, waitForTheDisk } from '../../test/support/database';
import { testEnv } from '../../test/support/env';
import { ConfigModule } from '../kernel/config/config.module';
import { DatabaseModule } from '../kernel/database/database.module';
import { Prisma } from '../kernel/database/generated/client';
import { UnitOfWork } from '../kernel/database/unit-of-work';
import { MetricsModule } from '../kernel/observability/metrics.module';
import { StreamsRepository } from './streams.repository';

describe('what a stream tells', () => {
  let database: TestDatabase;
  let owner: Client;
  let app: TestingModule;
  let uow: UnitOfWork;

  beforeAll(async () => {
    database = await createTestDatabase();
    owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    await waitForTheDisk(database);
    app = await Test.createTestingModule({
      imports: [ConfigModule.for(testEnv(database.appUrl)), MetricsModule, DatabaseModule],
    }).compile();
    uow = app.get(UnitOfWork);
  });
  afterAll(async () => {
    await app.close();
    await owner.end();
    await database.drop();
  });

  // Mutants: no word to the log; one that is in no transaction, which nobody waits for.
  it('has reached the disk, though whoever did it did not wait', async () => {
    const streams = new StreamsRepository(uow);
    for (let round = 0; round < 20; round += 1) {
      await uow.asService(
        'for an event',
        () =>
          uow.run(
            Prisma.sql`insert into dispatch_lanes (lane, paused_until, reason_code) values (${`lane-${round}`}, now(), 'test')`,
          ),
        { repeated: true },
      );
      const { rows: written } = await owner.query<{ at: string }>('select pg_current_wal_insert_lsn() as at');
      await uow.readAsService('tell', () => streams.reachDisk());
      const { rows } = await owner.query<{ there: boolean }>(
        'select pg_current_wal_flush_lsn() >= $1::pg_lsn as there',
        [written[0]?.at],
      );
      expect(rows).toEqual([{ there: true }]);
    }
  });
});
