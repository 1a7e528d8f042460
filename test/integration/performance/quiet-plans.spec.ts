import { Test, type TestingModule } from '@nestjs/testing';
import { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import type { CreditFlow } from '../../../src/billing/credit-flow';
import { LedgerRepository } from '../../../src/billing/ledger.repository';
import { EmailRepository } from '../../../src/email/email.repository';
import type { ModelMetrics } from '../../../src/email/model-metrics';
import { BackgroundJobsRepository } from '../../../src/jobs/background-jobs.repository';
import { DispatchesRepository } from '../../../src/jobs/dispatches.repository';
import { ProcessingJobsRepository } from '../../../src/jobs/processing-jobs.repository';
import { ConfigModule } from '../../../src/kernel/config/config.module';
import { DatabaseModule } from '../../../src/kernel/database/database.module';
import { Prisma } from '../../../src/kernel/database/generated/client';
import { UnitOfWork } from '../../../src/kernel/database/unit-of-work';
import { MetricsModule } from '../../../src/kernel/observability/metrics.module';
import { OutboxRepository } from '../../../src/kernel/outbox/outbox.repository';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { draftOf } from '../../support/draft';
import { testEnv } from '../../support/env';
import { seedMailbox } from '../../support/ledger-fixtures';

const mails = 3_000;
const hourMs = 3_600_000;
const tables = [
  'background_jobs',
  'processing_jobs',
  'outbox_messages',
  'credit_holds',
  'credit_transactions',
  'email_summaries',
];
/** What those are meant to go through who look for whatever waits. */
const indexesOfFew = [
  'background_jobs_open',
  'processing_jobs_waiting',
  'outbox_messages_due',
  'outbox_messages_open_subject',
  'credit_holds_overdue',
];

// A connection keeps the plans that it made while nothing waited, through the rush that follows.
describe('statements that were planned while nothing waited', () => {
  let database: TestDatabase;
  let owner: Client;
  let module: TestingModule;
  let uow: UnitOfWork;
  let user: Awaited<ReturnType<typeof seedMailbox>>;

  beforeAll(async () => {
    database = await createTestDatabase();
    owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    user = await seedMailbox(owner, mails);
    await rest(owner, user.userId);
    const env = testEnv(database.appUrl);
    module = await Test.createTestingModule({
      imports: [ConfigModule.for(env), MetricsModule, DatabaseModule],
    }).compile();
    uow = module.get(UnitOfWork);
  });
  afterAll(async () => {
    await module.close();
    await owner.end();
    await database.drop();
  });

  /** Which ways were gone into the tables while `work` ran in one transaction. */
  async function waysOf(work: () => Promise<unknown>): Promise<string[]> {
    await owner.query('select pg_stat_reset()');
    await uow.asService('work in a quiet hour', async () => {
      await work();
      await uow.run(Prisma.sql`select pg_stat_force_next_flush()`);
    });
    const { rows } = await owner.query<{ way: string }>(
      `select 'all of ' || relname as way from pg_stat_user_tables where seq_scan > 0 and relname = any($1)
       union all select indexrelname from pg_stat_user_indexes where idx_scan > 0 and relname = any($1)`,
      [tables],
    );
    return rows.map(({ way }) => way);
  }

  const ledger = () => new LedgerRepository(uow, { count: () => undefined } as unknown as CreditFlow);
  const jobs = () => new ProcessingJobsRepository(uow);
  const syncs = () => new BackgroundJobsRepository(uow);
  const outbox = () => new OutboxRepository(uow);
  const [one, many] = [() => [uuidv7()], () => Array.from({ length: 10 }, () => uuidv7())];

  it.each<[string, (ids: string[]) => Promise<unknown>]>([
    ['a hold', (ids) => ledger().hold(user.userId, ids, 1, null)],
    ['a hold under a cap', (ids) => ledger().hold(user.userId, ids, 1, 5)],
    ['a capture', (ids) => ledger().capture(user.userId, ids)],
    ['a release', (ids) => ledger().release(user.userId, ids, 'test')],
    ['a job of a found mail', (ids) => jobs().add(user.userId, null, ids)],
    ['a mail’s way into the queue', (ids) => jobs().markQueued(ids)],
    ['a mail that nobody pays for', (ids) => jobs().cancelWaiting(ids, 'test')],
    ['the mails that still want their holds', (ids) => jobs().lockWanted(ids)],
    ['jobs’ start', (ids) => jobs().lease(ids, uuidv7(), hourMs)],
    ['a sync’s start', ([id]) => syncs().lease(id!, uuidv7(), hourMs)],
    ['a claim that is kept', (ids) => outbox().renew(ids, hourMs)],
    ['an event that is through', (ids) => outbox().markPublished(ids)],
    ['an event that failed', ([id]) => outbox().markFailed(id!, 'test', 1)],
  ])('find %s by its key', async (_what, work) => {
    for (const ids of [one(), many()]) {
      const ways = await waysOf(() => work(ids));
      expect(ways.length).toBeGreaterThan(0);
      expect(ways.filter((way) => way.startsWith('all of ') || indexesOfFew.includes(way))).toEqual([]);
    }
  });

  it('find the few that wait by the index of the few', async () => {
    const means: [string, () => Promise<unknown>][] = [
      ['credit_holds_overdue', () => ledger().overdueHolds(10)],
      ['processing_jobs_waiting', () => jobs().lockWaiting(user.userId, 10)],
      ['processing_jobs_leases', () => jobs().renewLeases(many(), hourMs)],
      ['background_jobs_open', () => syncs().claimDispatches(10)],
      ['processing_jobs_in_flight', () => new DispatchesRepository(uow).claimDispatches(10, 2, 5)],
      ['outbox_messages_due', () => outbox().claim(10, hourMs)],
    ];
    for (const [index, work] of means) {
      const ways = await waysOf(work);
      expect(ways).toContain(index);
      expect(ways.join()).not.toContain('all of');
    }
  });

  // The mutant: a first summary looks for an earlier one, as others do.
  it('store a first summary without a look at the other summaries of its mailbox', async () => {
    const summaries = new EmailRepository(uow, { countSpending: () => undefined } as unknown as ModelMetrics);
    const [emailId] = user.emailIds;
    const draft = await draftOf(owner, emailId!);
    const store = () => summaries.storeSummaries(user.userId, [{ id: uuidv7(), emailId: emailId!, draft }]);
    const ways = await waysOf(store);
    expect(ways.filter((way) => way.includes('email_summaries'))).toEqual([]);
    const { rowCount } = await owner.query('select from email_summaries where email_id = $1', [emailId]);
    expect(rowCount).toBe(1);
  });

  // The mutant: the index as it was.
  it('would go through everybody’s holds, were the index open to them', async () => {
    await owner.query(`create index credit_holds_few on credit_holds (expires_at) where state = 'held'`);
    expect(await waysOf(() => ledger().capture(user.userId, one()))).toContain('credit_holds_few');
  });
});

/** Everything that was found has come to its end, long enough ago to be known to the planner. */
async function rest(owner: Client, userId: string): Promise<void> {
  await owner.query(`select ledger_grant($1, gen_random_uuid(), 'promotion', 'quiet', 100000)`, [userId]);
  await owner.query('set session_replication_role = replica');
  await owner.query(
    `insert into credit_holds (id, user_id, lot_id, email_id, state, expires_at, resolved_at)
     select e.id, e.user_id, l.id, e.id, 'captured', now(), now() from email_discoveries e join credit_lots l using (user_id)`,
  );
  await owner.query(
    `insert into credit_transactions (user_id, seq, kind, d_posted, d_held, posted_after, held_after, hold_id, lot_id)
     select user_id, 1000 + row_number() over (), 'HOLD', 0, 1, 0, 0, id, lot_id from credit_holds`,
  );
  await owner.query(
    `insert into background_jobs (id, user_id, connection_id, kind, trigger, state, finished_at)
     select id, user_id, connection_id, 'mailbox-sync', 'user', 'done', now() from email_discoveries`,
  );
  await owner.query(
    `insert into processing_jobs (id, user_id, email_id, connection_id, run_id, state, finished_at)
     select id, user_id, id, connection_id, id, 'done', now() from email_discoveries`,
  );
  await owner.query(
    `insert into outbox_messages (id, type, payload, subject_id, published_at)
     select id, 'test.happened.v1', '{}', id, now() from email_discoveries`,
  );
  await owner.query('set session_replication_role = origin');
  await owner.query('vacuum analyze');
  // What this connection has read is counted now, and not amid the ways of somebody else.
  await owner.query('select pg_stat_force_next_flush()');
}
