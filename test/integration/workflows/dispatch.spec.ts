import { Test, type TestingModule } from '@nestjs/testing';
import { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { ConfigModule } from '../../../src/kernel/config/config.module';
import { DatabaseModule } from '../../../src/kernel/database/database.module';
import { MetricsModule } from '../../../src/kernel/observability/metrics.module';
import { UnitOfWork } from '../../../src/kernel/database/unit-of-work';
import { DispatchesRepository } from '../../../src/jobs/dispatches.repository';
import { ProcessingJobsRepository } from '../../../src/jobs/processing-jobs.repository';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { testEnv } from '../../support/env';
import { arrangeMailbox, type Mailbox } from '../../support/mail-fixtures';

describe('dispatching jobs', () => {
  let database: TestDatabase;
  let owner: Client;
  let module: TestingModule;
  let uow: UnitOfWork;
  let jobs: ProcessingJobsRepository;
  let dispatches: DispatchesRepository;
  let ada: Mailbox;
  let ben: Mailbox;

  const sql = async <T extends object>(text: string, values: unknown[] = []) =>
    (await owner.query<T>(text, values)).rows;
  const asService = <T>(work: () => Promise<T>) => uow.asService('test', work);
  const dispatch = async (window: number) =>
    (await asService(() => dispatches.claimDispatches(window))).flatMap(({ ids, dispatchId }) =>
      ids.map((id) => ({ id, dispatchId })),
    );
  const lease = async ({ id, dispatchId }: { id: string; dispatchId: string }, leaseMs: number) =>
    (await asService(() => jobs.lease([id], dispatchId, leaseMs))).at(0);
  const ownersOf = async (ids: string[]) =>
    (await sql<{ user_id: string }>('select user_id from processing_jobs where id = any($1)', [ids])).map(
      (row) => row.user_id,
    );
  const queue = async (mailbox: Mailbox, count: number) => {
    const emailIds = await mailbox.discover(count);
    await asService(async () => jobs.markQueued(await jobs.add(mailbox.userId, null, emailIds)));
    return emailIds;
  };

  beforeAll(async () => {
    database = await createTestDatabase();
    owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    module = await Test.createTestingModule({
      imports: [ConfigModule.for(testEnv(database.appUrl)), MetricsModule, DatabaseModule],
      providers: [ProcessingJobsRepository, DispatchesRepository],
    }).compile();
    [uow, jobs] = [module.get(UnitOfWork), module.get(ProcessingJobsRepository)];
    dispatches = module.get(DispatchesRepository);
    [ada, ben] = [await arrangeMailbox(sql), await arrangeMailbox(sql)];
  });
  beforeEach(() => sql('delete from processing_jobs'));
  afterAll(async () => {
    await module.close();
    await owner.end();
    await database.drop();
  });

  it('makes one job of a mail however often it is discovered', async () => {
    const emailIds = await ada.discover(3);
    const first = await asService(() => jobs.add(ada.userId, null, emailIds));
    const again = await asService(() => jobs.add(ada.userId, null, emailIds));
    expect(first).toEqual(emailIds);
    expect(again).toEqual(emailIds);
    expect(await sql('select id from processing_jobs')).toHaveLength(3);
  });

  it("makes no job of another user's mail", async () => {
    const emailIds = await ben.discover(1);
    expect(await asService(() => jobs.add(ada.userId, null, emailIds))).toEqual([]);
  });

  it('never fills the window beyond its size', async () => {
    await queue(ada, 100);
    expect(await dispatch(60)).toHaveLength(60);
    expect(await dispatch(60)).toHaveLength(0);
    expect(await dispatch(70)).toHaveLength(10);
  });

  it('stays within the window when dispatchers race', async () => {
    await queue(ada, 300);
    await Promise.all(Array.from({ length: 12 }, () => dispatch(60)));
    const [row] = await sql<{ n: number }>(
      `select count(*)::int as n from processing_jobs where dispatched_at is not null`,
    );
    expect(row?.n).toBe(60);
  });

  it('takes users in turn, however much one of them has waiting', async () => {
    await queue(ada, 500);
    await queue(ben, 20);
    const owners = await ownersOf((await dispatch(40)).map(({ id }) => id));
    expect(owners.filter((userId) => userId === ben.userId)).toHaveLength(20);
  });

  it('counts what a user has in flight against their turn', async () => {
    await queue(ada, 30);
    await dispatch(20);
    await queue(ben, 30);
    const owners = await ownersOf((await dispatch(40)).map(({ id }) => id));
    expect(owners.filter((userId) => userId === ben.userId)).toHaveLength(20);
  });

  // Mutant: a claim that does not look at the lane; a backfill would be summarised at once, at the full price.
  it('leaves the mails of the overnight lane alone, and what is under way there takes nobody’s turn', async () => {
    const emailIds = await ada.discover(30);
    await asService(() => jobs.add(ada.userId, null, emailIds, 10));
    await asService(() => jobs.markQueued(emailIds));
    await sql(
      `update processing_jobs set state = 'running', lease_token = gen_random_uuid(), lease_expires_at = now() + interval '1 day'
       where email_id = any($1)`,
      [emailIds.slice(10, 20)],
    );
    await queue(ben, 10);
    const owners = await ownersOf((await dispatch(10)).map(({ id }) => id));
    expect(owners.filter((userId) => userId === ben.userId)).toHaveLength(5);
    expect(await dispatch(60)).toHaveLength(10);
    const chosen = await sql<{ lane: string }>(
      'select distinct lane from processing_jobs where dispatched_at is not null',
    );
    expect(chosen).toEqual([{ lane: 'now' }]);
  });

  // Mutants: a bound on what is dispatched now, blind to what is under way; one over all users together.
  it('hands over no more of one user at once than allowed, in flight included', async () => {
    await queue(ada, 10);
    await queue(ben, 2);
    const bounded = (perUser: number) => asService(() => dispatches.claimDispatches(60, perUser));
    const [first] = await bounded(3);
    if (first) await asService(() => jobs.lease(first.ids, first.dispatchId, 60_000));
    expect(await bounded(3)).toEqual([]);
    const inFlight = `state = 'running' or dispatched_at is not null`;
    expect(
      await sql(
        `select count(*)::int as n from processing_jobs where ${inFlight} group by user_id order by 1`,
      ),
    ).toEqual([{ n: 2 }, { n: 3 }]);
    expect(await bounded(4)).toHaveLength(1);
  });

  it("takes a user's newest mails first", async () => {
    const emailIds = await queue(ada, 10);
    const ids = (await dispatch(3)).map(({ id }) => id);
    const chosen = await sql<{ email_id: string }>(
      'select email_id from processing_jobs where id = any($1)',
      [ids],
    );
    expect(chosen.map((row) => row.email_id).sort()).toEqual(emailIds.slice(0, 3).sort());
  });

  it('leaves what was put off until its time', async () => {
    await queue(ada, 2);
    await sql(`update processing_jobs set available_at = now() + interval '1 hour'`);
    expect(await dispatch(10)).toEqual([]);
  });

  it('a wake-up starts its job once; a stale one starts nothing', async () => {
    await queue(ada, 1);
    const [wakeUp] = await dispatch(10);
    if (!wakeUp) throw new Error('nothing was dispatched');
    const leases = await Promise.all(Array.from({ length: 5 }, () => lease(wakeUp, 1_000)));
    expect(leases.filter(Boolean)).toHaveLength(1);
    expect(await lease({ id: wakeUp.id, dispatchId: uuidv7() }, 1_000)).toBeUndefined();
  });

  // Mutant: a finish that names the job but not the lease lets a worker that lost its job end it a second time.
  it('a worker that lost its lease changes nothing', async () => {
    await queue(ada, 1);
    const [wakeUp] = await dispatch(10);
    if (!wakeUp) throw new Error('nothing was dispatched');
    const lost = await lease(wakeUp, -1);
    if (!lost) throw new Error('no lease');
    expect(await asService(() => jobs.recover(60_000, 5, 0))).toBe(1);
    await expect(asService(() => jobs.finish([lost], 'done', null))).rejects.toMatchObject({
      code: 'jobs.lease-lost',
    });
    await asService(() => jobs.putBack(lost, 'test.late', 1_000, 'attempt'));
    expect(await sql('select state, attempts from processing_jobs')).toEqual([
      { state: 'queued', attempts: 1 },
    ]);
  });

  it('brings back what a dead worker or a lost wake-up left behind, and leaves a living lease alone', async () => {
    await queue(ada, 3);
    const [dead, alive, unheard] = await dispatch(10);
    if (!dead || !alive || !unheard) throw new Error('nothing was dispatched');
    await lease(dead, -1);
    const living = await lease(alive, 1_000);
    await sql(`update processing_jobs set dispatched_at = now() - interval '1 hour' where id = $1`, [
      unheard.id,
    ]);
    await asService(() => jobs.renewLeases([living?.leaseToken ?? ''], 60_000));
    expect(await asService(() => jobs.recover(60_000, 5, 0))).toBe(2);
    expect(await dispatch(10)).toHaveLength(2);
  });

  it('a job that outlived its attempts is handed out to be given up, not to be tried', async () => {
    await queue(ada, 1);
    await sql(
      `update processing_jobs set state = 'running', attempts = 5, lease_token = $1, lease_expires_at = now() - interval '1 s'`,
      [uuidv7()],
    );
    expect(await asService(() => jobs.recover(60_000, 5, 0))).toBe(0);
    const [exhausted] = await asService(() => jobs.leaseExhausted(5, 60_000));
    expect(exhausted).toMatchObject({ attempts: 5, userId: ada.userId });
    expect(await asService(() => jobs.leaseExhausted(5, 60_000))).toEqual([]);
  });

  it('a deferral gives its attempt back', async () => {
    await queue(ada, 1);
    const [wakeUp] = await dispatch(10);
    if (!wakeUp) throw new Error('nothing was dispatched');
    const job = await lease(wakeUp, 1_000);
    if (!job) throw new Error('no lease');
    await asService(() => jobs.putBack(job, 'email.overloaded', 0, 'deferral'));
    expect(await sql('select attempts, deferrals, reason_code from processing_jobs')).toEqual([
      { attempts: 0, deferrals: 1, reason_code: 'email.overloaded' },
    ]);
  });

  describe('that share wake-ups', () => {
    const claim = () => asService(() => dispatches.claimDispatches(60, null, 5));
    const mailboxesOf = async (ids: string[]) =>
      sql<{ connection_id: string }>(
        'select distinct connection_id from processing_jobs where id = any($1)',
        [ids],
      );

    // Mutants: wake-ups that mix mailboxes; mails handed over twice, or not at all.
    it('are of one mailbox, each in one of them', async () => {
      await queue(ada, 12);
      await queue(ben, 3);
      const wakeUps = await claim();
      expect(wakeUps.map(({ ids }) => ids.length).sort()).toEqual([2, 3, 5, 5]);
      expect(new Set(wakeUps.flatMap(({ ids }) => ids)).size).toBe(15);
      for (const { ids, dispatchId } of wakeUps) {
        expect(await mailboxesOf(ids)).toHaveLength(1);
        expect(await asService(() => jobs.lease(ids, dispatchId, 1_000))).toHaveLength(ids.length);
      }
    });

    it('go in the turn of the first of them', async () => {
      await queue(ben, 1);
      await sql(`update processing_jobs set received_at = now() - interval '1 day'`);
      const newest = await queue(ada, 7);
      const [first, second, third] = await claim();
      expect([first?.ids.length, third?.ids.length]).toEqual([5, 2]);
      expect(await ownersOf(second?.ids ?? [])).toEqual([ben.userId]);
      const [leading] = await sql<{ email_id: string }>(
        'select email_id from processing_jobs where id = $1',
        [first?.ids[0]],
      );
      expect(leading?.email_id).toBe(newest[0]);
    });

    // Mutant: a mail that kills its worker handed over with others again; each time it would take four of them along.
    it('leave out what was begun before: it goes alone', async () => {
      const emailIds = await queue(ada, 6);
      await sql('update processing_jobs set attempts = 1 where email_id = $1', [emailIds[0]]);
      await sql('update processing_jobs set deferrals = 1 where email_id = $1', [emailIds[1]]);
      expect((await claim()).map(({ ids }) => ids.length).sort()).toEqual([1, 1, 4]);
    });

    // Mutant: a lease that asks for all of its mails or none.
    it('are started without those that have gone on since', async () => {
      await queue(ada, 3);
      const [wakeUp] = await claim();
      const [gone = '', ...rest] = wakeUp?.ids ?? [];
      await sql(
        `update processing_jobs set state = 'cancelled', reason_code = 'test', finished_at = now(), dispatched_at = null, dispatch_id = null where id = $1`,
        [gone],
      );
      const leased = await asService(() => jobs.lease([gone, ...rest], wakeUp?.dispatchId ?? '', 1_000));
      expect(leased.map(({ id }) => id).sort()).toEqual(rest.sort());
      expect(new Set(leased.map(({ leaseToken }) => leaseToken)).size).toBe(2);
    });
  });

  it('takes back what the queue did not accept', async () => {
    await queue(ada, 2);
    const taken = await dispatch(10);
    await asService(() => dispatches.undoDispatches(taken.map(({ dispatchId }) => dispatchId)));
    expect(await dispatch(10)).toHaveLength(2);
  });
});
