import { Test, type TestingModule } from '@nestjs/testing';
import { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { StoreSummaries } from '../../../src/email/contracts';
import { EmailRepository } from '../../../src/email/email.repository';
import type { ModelMetrics } from '../../../src/email/model-metrics';
import { StoreSummariesHandler } from '../../../src/email/store-summaries/store-summaries.handler';
import { Spending } from '../../../src/email/summariser/spending';
import { ConfigModule } from '../../../src/kernel/config/config.module';
import { DatabaseModule } from '../../../src/kernel/database/database.module';
import { UnitOfWork } from '../../../src/kernel/database/unit-of-work';
import { MetricsModule } from '../../../src/kernel/observability/metrics.module';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { draftOf } from '../../support/draft';
import { testEnv } from '../../support/env';
import { seedMailbox } from '../../support/ledger-fixtures';

describe('a summary that is stored', () => {
  let database: TestDatabase;
  let owner: Client;
  let module: TestingModule;
  let uow: UnitOfWork;
  let summaries: EmailRepository;
  beforeAll(async () => {
    database = await createTestDatabase();
    owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    module = await Test.createTestingModule({
      imports: [ConfigModule.for(testEnv(database.appUrl)), MetricsModule, DatabaseModule],
    }).compile();
    uow = module.get(UnitOfWork);
    summaries = new EmailRepository(uow, { countSpending: () => undefined } as unknown as ModelMetrics);
  });
  afterAll(async () => {
    await module.close();
    await owner.end();
    await database.drop();
  });

  const store = async (userId: string, emailId: string) => {
    const draft = await draftOf(owner, emailId);
    await uow.asService('store summaries', () =>
      summaries.storeSummaries(userId, [{ id: uuidv7(), emailId, draft }]),
    );
  };

  /** A message with a first revision and a second; answers whose summary is current once they are stored in this order. */
  async function currentAfter(
    order: (first: string, second: string) => [string, string],
    storeLast = store,
  ): Promise<string> {
    const { userId, emailIds } = await seedMailbox(owner, 1);
    const [first, second] = [emailIds[0]!, uuidv7()];
    await owner.query(
      `insert into email_discoveries (id, user_id, connection_id, gmail_message_id, gmail_thread_id, revision)
       select $2, user_id, connection_id, gmail_message_id, gmail_thread_id, 2 from email_discoveries where id = $1`,
      [first, second],
    );
    const [earlier, later] = order(first, second);
    await store(userId, earlier);
    await storeLast(userId, later);
    const { rows } = await owner.query<{ current: string[]; all: number }>(
      `select array_agg(email_id) filter (where superseded_at is null) as current, count(*)::int as all
       from email_summaries where user_id = $1`,
      [userId],
    );
    expect(rows[0]?.all).toBe(2);
    expect(rows[0]?.current).toHaveLength(1);
    return rows[0]?.current[0] === second ? 'the second' : 'the first';
  }

  it('takes the place of an earlier revision’s', async () => {
    expect(await currentAfter((first, second) => [first, second])).toBe('the second');
  });

  // The mutant: `on conflict do nothing` in its place, and the job is done without a summary.
  it('is refused where a later revision has its place, and takes none once its answer was kept', async () => {
    const late = async (userId: string, emailId: string) => {
      await expect(store(userId, emailId)).rejects.toThrow('email_summaries_current');
      const draft = await draftOf(owner, emailId);
      await uow.asService('keep an answer', () => summaries.keepDraft(userId, emailId, draft));
      await uow.asService('store it', () => summaries.storeSummaries(userId, [{ id: uuidv7(), emailId }]));
    };
    expect(await currentAfter((first, second) => [second, first], late)).toBe('the second');
  });

  describe('while its reader’s account is deleted', () => {
    const nothing = { countSummarised: () => Promise.resolve(), publishFrom: () => Promise.resolve() };
    const origin = { traceparent: null, requestId: null };
    const handle = async (userId: string, emailId: string) => {
      const draft = await draftOf(owner, emailId);
      const handler = new StoreSummariesHandler(uow, summaries, nothing as never, nothing as never);
      return handler.execute(
        new StoreSummaries(userId, [{ emailId, answer: { draft, spending: new Spending() }, origin }]),
      );
    };
    const remove = (userId: string) =>
      owner.query(`update users set status = 'deleted', deleted_at = now() where id = $1`, [userId]);

    // The mutant: the account not looked at. What is forgotten by then stays whole for ever.
    it('is refused once that has happened', async () => {
      const { userId, emailIds } = await seedMailbox(owner, 1);
      await remove(userId);
      await expect(handle(userId, emailIds[0]!)).rejects.toThrow('the account is deleted');
      expect((await owner.query('select from email_summaries where user_id = $1', [userId])).rowCount).toBe(
        0,
      );
    });

    // The mutant: the account looked at without a lock.
    it('is waited for by that', async () => {
      const { userId, emailIds } = await seedMailbox(owner, 1);
      await owner.query(`set lock_timeout = '200ms'`);
      await uow.asService('store summaries', async () => {
        await handle(userId, emailIds[0]!);
        await expect(remove(userId)).rejects.toThrow('lock timeout');
      });
      await owner.query('reset lock_timeout');
      await remove(userId);
    });
  });

  it('is refused where its mail has one', async () => {
    const { userId, emailIds } = await seedMailbox(owner, 1);
    await store(userId, emailIds[0]!);
    await expect(store(userId, emailIds[0]!)).rejects.toThrow('email_summaries_email_id_key');
  });
});
