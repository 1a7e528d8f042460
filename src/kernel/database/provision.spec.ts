import { createPostgresBackend, FlowProducer, Queue, QueueEvents, Worker } from 'bullmq';
import { Client } from 'pg';
import { createTestDatabase, directUrl, type TestDatabase } from '../../../test/support/database';
import { provisionLogin } from './provision';

let database: TestDatabase;
let login: Client;
let owner: Client;

beforeAll(async () => {
  database = await createTestDatabase();
  login = new Client({ connectionString: database.appUrl });
  owner = new Client({ connectionString: database.ownerUrl });
  await Promise.all([login.connect(), owner.connect()]);
});
afterAll(async () => {
  await Promise.all([login.end(), owner.end()]);
  await database.drop();
});

describe('the login role', () => {
  it.each(['inbrief_user', 'inbrief_service'])('may enter %s, within a transaction', async (role) => {
    await login.query('BEGIN');
    await login.query(`SELECT set_config('role', $1, true)`, [role]);
    const entered = await login.query<{ current_user: string }>('SELECT current_user');
    expect(entered.rows[0]?.current_user).toBe(role);
    await login.query('ROLLBACK');
  });

  // Catches: membership granted with INHERIT, which would open every table without a unit of work.
  it('inherits nothing: outside a unit of work it may read none of our tables', async () => {
    const readable = await login.query(
      `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'p')
       AND has_table_privilege(oid, 'SELECT')`,
    );
    expect(readable.rows).toEqual([]);
  });

  it('may not enter the ledger role, nor own or create anything among our tables', async () => {
    await expect(login.query('SET ROLE inbrief_ledger')).rejects.toThrow('permission denied to set role');
    await expect(login.query('CREATE TABLE public.mine (id int)')).rejects.toThrow('permission denied');
    const owned = await login.query(
      'SELECT relname FROM pg_class WHERE pg_get_userbyid(relowner) = current_user',
    );
    expect(owned.rows).toEqual([]);
  });

  it('is stripped of rights it should not have, and its password replaced, when provisioned again', async () => {
    const role = `provisioned_${process.pid}`;
    await owner.query(`CREATE ROLE ${role} SUPERUSER BYPASSRLS CREATEDB CREATEROLE REPLICATION INHERIT`);
    try {
      await provisionLogin(database.ownerUrl, { role, password: 'first' });
      await provisionLogin(database.ownerUrl, { role, password: "se'cond\\ pass" });
      const { rows } = await owner.query(
        `SELECT rolcanlogin, rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole OR rolreplication OR rolinherit
         AS excess FROM pg_roles WHERE rolname = $1`,
        [role],
      );
      expect(rows).toEqual([{ rolcanlogin: true, excess: false }]);
      const enter = (password: string): Promise<void> => connectOnce({ user: role, password });
      await expect(enter('first')).rejects.toThrow('password authentication failed');
      await expect(enter("se'cond\\ pass")).resolves.toBeUndefined();
    } finally {
      await owner.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
    }
  });

  it('runs queues, workers, delays, bulk adds, flows, schedulers and events without owning their tables', async () => {
    const options = { connection: { connectionString: directUrl(database.appUrl) } };
    const queue = new Queue('provisioned', options, createPostgresBackend);
    const events = new QueueEvents('provisioned', options, createPostgresBackend);
    const done: string[] = [];
    const worker = new Worker(
      'provisioned',
      (job) => Promise.resolve(done.push(job.name)),
      { ...options, concurrency: 4 },
      createPostgresBackend,
    );
    const flows = new FlowProducer(options, createPostgresBackend);
    try {
      const single = await queue.add('single', {}, { attempts: 3, backoff: { type: 'fixed', delay: 10 } });
      await single.waitUntilFinished(events, 10_000);
      await queue.add('delayed', {}, { delay: 50, priority: 2, jobId: 'one-of-a-kind' });
      await queue.addBulk([1, 2, 3].map((at) => ({ name: `bulk-${at}`, data: {} })));
      const child = { name: 'child', queueName: 'provisioned' };
      await flows.add({ name: 'parent', queueName: 'provisioned', children: [child] });
      await queue.upsertJobScheduler('scheduler', { every: 60_000 }, { name: 'scheduled' });
      const expected = ['bulk-1', 'bulk-2', 'bulk-3', 'child', 'delayed', 'parent', 'scheduled', 'single'];
      for (let waited = 0; waited < 10_000 && done.length < expected.length; waited += 20) {
        await new Promise((wake) => setTimeout(wake, 20));
      }
      expect(done.sort()).toEqual(expected);
      await queue.obliterate({ force: true });
    } finally {
      await Promise.all([worker.close(), events.close(), flows.close(), queue.close()]);
    }
  });
});

async function connectOnce(as: { user: string; password: string }): Promise<void> {
  const { hostname, port, pathname } = new URL(database.ownerUrl);
  const client = new Client({ host: hostname, port: Number(port), database: pathname.slice(1), ...as });
  await client.connect();
  await client.end();
}
