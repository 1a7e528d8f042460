import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from './database';

describe('a test database', () => {
  const databases: TestDatabase[] = [];
  afterAll(() => Promise.all(databases.map((database) => database.drop())));

  it('is cloned for each caller, in parallel, and starts with every migration applied', async () => {
    databases.push(...(await Promise.all([1, 2, 3, 4].map(() => createTestDatabase()))));
    databases.push(await createTestDatabase());
    for (const { ownerUrl } of databases) {
      expect(await one(ownerUrl, 'SELECT count(*) > 0 AS value FROM _prisma_migrations')).toBe(true);
    }
  });

  it('is entered by the application as a role that is neither superuser nor past row-level security', async () => {
    const sql =
      'SELECT rolsuper OR rolbypassrls OR rolinherit AS value FROM pg_roles WHERE rolname = current_user';
    expect(await one(databases[0]!.appUrl, sql)).toBe(false);
  });
});

async function one(url: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<{ value: unknown }>(sql)).rows[0]?.value;
  } finally {
    await client.end();
  }
}
