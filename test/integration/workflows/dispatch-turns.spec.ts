import { Test, type TestingModule } from '@nestjs/testing';
import { Client } from 'pg';
import { overdueSeconds, payingWeight } from '../../../src/jobs/domain/turns';
import { DispatchesRepository } from '../../../src/jobs/dispatches.repository';
import { ProcessingJobsRepository } from '../../../src/jobs/processing-jobs.repository';
import { TurnsRepository } from '../../../src/jobs/turns.repository';
import { ConfigModule } from '../../../src/kernel/config/config.module';
import { DatabaseModule } from '../../../src/kernel/database/database.module';
import { UnitOfWork } from '../../../src/kernel/database/unit-of-work';
import { MetricsModule } from '../../../src/kernel/observability/metrics.module';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { testEnv } from '../../support/env';
import { arrangeMailbox, type Mailbox } from '../../support/mail-fixtures';

describe('whose turn it is', () => {
  let database: TestDatabase;
  let owner: Client;
  let module: TestingModule;
  let uow: UnitOfWork;
  let jobs: ProcessingJobsRepository;
  let dispatches: DispatchesRepository;
  let turns: TurnsRepository;
  let ada: Mailbox;
  let ben: Mailbox;

  const sql = async <T extends object>(text: string, values: unknown[] = []) =>
    (await owner.query<T>(text, values)).rows;
  const asService = <T>(work: () => Promise<T>) => uow.asService('test', work);
  const queue = async (mailbox: Mailbox, count: number) => {
    const emailIds = await mailbox.discover(count);
    await asService(async () => jobs.markQueued(await jobs.add(mailbox.userId, null, emailIds)));
  };
  /** How many mails of each user a dispatch takes into so much room. */
  const dispatch = async (window: number, perUser: number | null = null) => {
    const taken = await asService(() => dispatches.claimDispatches(window, perUser));
    const rows = await sql<{ user: string; n: number }>(
      `select user_id as user, count(*)::int as n from processing_jobs where id = any($1) group by user_id`,
      [taken.flatMap(({ ids }) => ids)],
    );
    return (mailbox: Mailbox) => rows.find(({ user }) => user === mailbox.userId)?.n ?? 0;
  };
  const served = (mailbox: Mailbox, secondsAgo: number) =>
    sql(
      `insert into dispatch_tenants as t (user_id, served_at) values ($1, now() - $2 * interval '1 second')
       on conflict (user_id) do update set served_at = excluded.served_at`,
      [mailbox.userId, secondsAgo],
    );
  const everyoneServed = async (...mailboxes: Mailbox[]) => {
    for (const mailbox of mailboxes) await served(mailbox, 0);
  };

  beforeAll(async () => {
    database = await createTestDatabase();
    owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    module = await Test.createTestingModule({
      imports: [ConfigModule.for(testEnv(database.appUrl)), MetricsModule, DatabaseModule],
      providers: [ProcessingJobsRepository, DispatchesRepository, TurnsRepository],
    }).compile();
    [uow, jobs, turns] = [
      module.get(UnitOfWork),
      module.get(ProcessingJobsRepository),
      module.get(TurnsRepository),
    ];
    dispatches = module.get(DispatchesRepository);
    [ada, ben] = [await arrangeMailbox(sql), await arrangeMailbox(sql)];
  });
  beforeEach(async () => {
    for (const table of ['processing_jobs', 'dispatch_tenants', 'dispatch_lanes'])
      await sql(`delete from ${table}`);
  });
  afterAll(async () => {
    await module.close();
    await owner.end();
    await database.drop();
  });

  // Mutant: a turn that does not ask for the class; who paid would wait like everybody.
  it('who bought credits has so many mails taken for each one of who did not, however much either has waiting', async () => {
    await queue(ada, 100);
    await queue(ben, 400);
    await asService(() => turns.raiseToPaying(ada.userId));
    await everyoneServed(ada, ben);
    const taken = await dispatch(40);
    expect({ paying: taken(ada), trial: taken(ben) }).toEqual({ paying: 10 * payingWeight, trial: 10 });
  });

  it('a room that who paid cannot fill is for the others', async () => {
    await queue(ada, 5);
    await queue(ben, 100);
    await asService(() => turns.raiseToPaying(ada.userId));
    await everyoneServed(ada, ben);
    const taken = await dispatch(40);
    expect([taken(ada), taken(ben)]).toEqual([5, 35]);
  });

  describe('with more paying users than there is room', () => {
    const crowd: Mailbox[] = [];
    beforeAll(async () => {
      while (crowd.length < 6) crowd.push(await arrangeMailbox(sql));
    });
    beforeEach(async () => {
      for (const payer of crowd) {
        await queue(payer, 10);
        await asService(() => turns.raiseToPaying(payer.userId));
      }
      await everyoneServed(...crowd);
      await queue(ben, 10);
    });
    const bens = async () => (await dispatch(5))(ben);

    // Mutant: turns by class alone; who did not pay would wait for as long as enough others have something to do.
    it.each([
      ['waited for longer than anybody shall', () => served(ben, overdueSeconds + 1), 1],
      ['was never served', () => Promise.resolve(), 1],
      ['was served not long ago', () => served(ben, overdueSeconds - 5), 0],
    ])('who did not pay and %s', async (_what, waited, taken) => {
      await waited();
      expect(await bens()).toBe(taken);
    });

    // Mutant: a rule that forgets what is under way; one slow mail would put all of them before everybody else's.
    it('who has a mail under way waits for nothing, however long ago it was handed over', async () => {
      await served(ben, overdueSeconds + 1);
      const [first] = await asService(() => dispatches.claimDispatches(1));
      if (first) await asService(() => jobs.lease(first.ids, first.dispatchId, 60_000));
      await served(ben, overdueSeconds + 1);
      expect(await bens()).toBe(0);
    });
  });

  // Mutant: a bound on the claim instead of on the user, so that the next claim takes as many again.
  it('nobody has more mails handed over at once than allowed, paying or not, over any number of claims', async () => {
    await queue(ada, 50);
    await queue(ben, 50);
    await asService(() => turns.raiseToPaying(ada.userId));
    await dispatch(60, 4);
    await dispatch(60, 4);
    const inFlight = await sql<{ n: number }>(
      'select count(*)::int as n from processing_jobs where dispatched_at is not null group by user_id',
    );
    expect(inFlight).toEqual([{ n: 4 }, { n: 4 }]);
  });

  // Mutant: a claim that does not ask who paused.
  it('who paused is passed by', async () => {
    await queue(ada, 5);
    await queue(ben, 5);
    await asService(() => turns.pause(ada.userId));
    const taken = await dispatch(60);
    expect([taken(ada), taken(ben)]).toEqual([0, 5]);
    await asService(() => turns.resume(ada.userId));
    expect((await dispatch(60))(ada)).toBe(5);
  });

  // Mutant: a claim that does not look at the lanes: what one mailbox's vendor refuses would be asked for again and again.
  it.each([
    ['a mailbox', () => `mailbox:${ada.connectionId}` as const],
    ["a user's budget", () => `user:${ada.userId}` as const],
  ])('%s whose lane is closed is passed by, and nobody else is', async (_what, lane) => {
    await queue(ada, 5);
    await queue(ben, 5);
    await asService(() => turns.close({ lane: lane(), forMs: 60_000, reasonCode: 'test' }));
    const taken = await dispatch(60);
    expect([taken(ada), taken(ben)]).toEqual([0, 5]);
    await sql('update dispatch_lanes set paused_until = now()');
    expect((await dispatch(60))(ada)).toBe(5);
  });

  it('nothing is handed over while the model asks to be left alone, and all of it afterwards', async () => {
    await queue(ada, 5);
    await asService(() => turns.close({ lane: 'model', forMs: 60_000, reasonCode: 'test' }));
    expect((await dispatch(60))(ada)).toBe(0);
    await sql('update dispatch_lanes set paused_until = now()');
    expect((await dispatch(60))(ada)).toBe(5);
  });
});
