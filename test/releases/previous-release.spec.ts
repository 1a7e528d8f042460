import { Client, DatabaseError } from 'pg';
import { enterIdentity } from '../support/identity';
import { createTestDatabase, type TestDatabase } from '../support/database';
import type { SentStatement } from '../support/statement-log';
import { recordedReleases } from './statements';

/** Postgres plans a statement without its values since 16; the rule is the same on every version. */
const generic = 160_000;

describe("what the last releases send to Postgres, against today's schema", () => {
  let database: TestDatabase;
  let app: Client;
  let owner: Client;
  let plans = true;
  beforeAll(async () => {
    database = await createTestDatabase();
    app = new Client({ connectionString: database.appUrl });
    owner = new Client({ connectionString: database.ownerUrl });
    await Promise.all([app.connect(), owner.connect()]);
    const { rows } = await owner.query<{ server_version_num: string }>('show server_version_num');
    plans = Number(rows[0]?.server_version_num) >= generic;
    if (!plans)
      process.stderr.write('previous-release.spec: this Postgres is older than 16 and plans no statement\n');
  });
  afterAll(async () => {
    await Promise.all([app.end(), owner.end()]);
    await database.drop();
  });

  /** Why Postgres would not run it as that role; undefined when it would. */
  async function refusal({ role, sql }: SentStatement): Promise<string | undefined> {
    await app.query('begin');
    try {
      await app.query(enterIdentity, [role, '']);
      await app.query(`explain (generic_plan) ${sql}`);
      return undefined;
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      return `${error.message}: ${sql.slice(0, 200)}`;
    } finally {
      await app.query('rollback');
    }
  }

  it.each(recordedReleases())('release $version still runs', async ({ statements }) => {
    expect(statements.length).toBeGreaterThan(100);
    if (!plans) return;
    const refusals: string[] = [];
    for (const statement of statements) {
      const why = await refusal(statement);
      if (why) refusals.push(why);
    }
    expect(refusals).toEqual([]);
  });

  // The mutants: a column dropped, a right taken away, in the release that stops using them.
  it('would stop a migration that contracts too early', async () => {
    if (!plans) return;
    const read: SentStatement = {
      role: 'inbrief_user',
      sql: 'select headline from email_summaries where id = $1',
    };
    expect(await refusal(read)).toBeUndefined();
    await owner.query('revoke select on email_summaries from inbrief_user');
    expect(await refusal(read)).toContain('permission denied');
    await owner.query('alter table email_summaries rename column headline to title');
    expect(await refusal({ ...read, role: 'inbrief_service' })).toContain('column "headline" does not exist');
  });
});
