import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { createEmptyDatabase, type TestDatabase } from '../../support/database';

const root = join(__dirname, '..', '..', '..');
const role = `login_${randomUUID().slice(0, 8)}`;

/** Runs the program as `npm run db:migrate` does; rejects with what it wrote when it exits 1. */
async function runMigrate(env: Record<string, string>, ...args: string[]): Promise<string> {
  const program = [join(root, 'node_modules/tsx/dist/cli.mjs'), join(root, 'src/migrate.ts'), ...args];
  const { PATH = '' } = process.env;
  return (await promisify(execFile)(process.execPath, program, { env: { PATH, ...env } })).stdout;
}

function as(user: string, password: string, url: string): string {
  return Object.assign(new URL(url), { username: user, password }).toString();
}

describe('npm run db:migrate', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createEmptyDatabase();
  });
  afterAll(async () => {
    const owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    await owner.query(`drop owned by ${role}`);
    await owner.query(`drop role ${role}`);
    await owner.end();
    await database.drop();
  });

  it('says what it needs where it is told of no database', async () => {
    await expect(runMigrate({})).rejects.toMatchObject({
      stderr: expect.stringContaining('DIRECT_DATABASE_URL'),
    });
  });

  it('refuses to make a login of the role that owns the tables, before it changes anything', async () => {
    const { ownerUrl } = database;
    const refusal = runMigrate(
      { DIRECT_DATABASE_URL: ownerUrl, DATABASE_URL: ownerUrl },
      '--provision-login',
    );
    await expect(refusal).rejects.toMatchObject({ stderr: expect.stringContaining('another role') });
  });

  it('takes an empty database to one that the application can log in to', async () => {
    const login = as(role, 'p@ss/word', database.ownerUrl);
    const env = { DIRECT_DATABASE_URL: database.ownerUrl, DATABASE_URL: login };
    const told = await runMigrate(env, '--provision-login');
    expect(told).toMatch(/^applied \d+/);
    expect(told).toContain(`provisioned ${role}`);
    expect(await runMigrate(env)).toBe('no pending migrations\n');
    const client = new Client({ connectionString: login });
    await client.connect();
    await client.query(`begin; select set_config('role', 'inbrief_service', true)`);
    expect((await client.query('select * from ledger_violations')).rows).toEqual([]);
    await client.end();
  });
});
