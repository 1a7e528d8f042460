import { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { jobMoves, jobStates, runMoves, runStates } from '../../../src/jobs/domain/job-state';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { arrangeMailbox } from '../../support/mail-fixtures';

interface Machine {
  table: string;
  states: readonly string[];
  moves: Readonly<Record<string, readonly string[]>>;
}

const machines: Machine[] = [
  { table: 'processing_jobs', states: jobStates, moves: jobMoves },
  { table: 'background_jobs', states: runStates, moves: runMoves },
];

/** What the other columns must say so that only the move itself can be refused. */
const dress = `reason_code = 'test.reason', lease_token = case when $2 = 'running' then $1::uuid end,
  lease_expires_at = case when $2 = 'running' then now() end,
  finished_at = case when $2 in ('done', 'skipped', 'failed', 'cancelled') then now() end`;

describe.each(machines)('the moves of $table', ({ table, states, moves }) => {
  let database: TestDatabase;
  let owner: Client;
  const id = uuidv7();
  beforeAll(async () => {
    database = await createTestDatabase();
    owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    const { userId, connectionId, discover } = await arrangeMailbox((text, values) =>
      owner.query(text, values),
    );
    const [emailId] = await discover(1);
    await owner.query(
      table === 'processing_jobs'
        ? `insert into processing_jobs (id, user_id, connection_id, email_id) values ($1, $2, $3, $4)`
        : `insert into background_jobs (id, user_id, connection_id, kind, trigger, args)
           values ($1, $2, $3, 'mailbox-sync', 'user', jsonb_build_object('of', $4::text))`,
      [id, userId, connectionId, emailId],
    );
  });
  afterAll(async () => {
    await owner.end();
    await database.drop();
  });

  async function attempt(from: string, to: string): Promise<'allowed' | 'refused'> {
    await owner.query('begin');
    try {
      await owner.query(`set local session_replication_role = replica`);
      await owner.query(`update ${table} set state = $2, ${dress} where id = $1`, [id, from]);
      await owner.query(`set local session_replication_role = origin`);
      await owner.query(`update ${table} set state = $2, ${dress} where id = $1`, [id, to]);
      return 'allowed';
    } catch (error) {
      expect((error as Error).message).toBe(`${table} does not lead from ${from} to ${to}`);
      return 'refused';
    } finally {
      await owner.query('rollback');
    }
  }

  // Mutants: a pair left out of the trigger's argument, a pair too many in it, no trigger at all.
  it('are in SQL exactly what they are in the domain, for every pair of states', async () => {
    for (const from of states)
      for (const to of states) {
        const expected = from === to || moves[from]?.includes(to) ? 'allowed' : 'refused';
        expect({ from, to, is: await attempt(from, to) }).toEqual({ from, to, is: expected });
      }
  });
});
