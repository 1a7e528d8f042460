import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { createEmptyDatabase, type TestDatabase } from '../../../test/support/database';
import { migrate, MigrationError } from './migrate';

let database: TestDatabase;
let directory: string;
let client: Client;

function write(name: string, sql: string): void {
  mkdirSync(join(directory, name), { recursive: true });
  writeFileSync(join(directory, name, 'migration.sql'), sql);
}

async function values(sql: string): Promise<unknown[]> {
  return (await client.query<Record<string, unknown>>(sql)).rows.map((row) => Object.values(row)[0]);
}

beforeEach(async () => {
  database = await createEmptyDatabase();
  directory = mkdtempSync(join(tmpdir(), 'inbrief-migrations-'));
  client = new Client({ connectionString: database.ownerUrl });
  await client.connect();
  write('2_second', 'INSERT INTO applied VALUES (2);');
  write('1_first', 'CREATE TABLE applied (step int); INSERT INTO applied VALUES (1);');
  writeFileSync(join(directory, 'migration_lock.toml'), 'provider = "postgresql"');
});
afterEach(async () => {
  await client.end();
  await database.drop();
  rmSync(directory, { recursive: true, force: true });
});

describe('migrate', () => {
  it('applies what is pending, in the order of the names, and nothing twice', async () => {
    const lines: string[] = [];
    expect(await migrate(database.ownerUrl, directory)).toEqual({ applied: ['1_first', '2_second'] });
    write('3_third', 'INSERT INTO applied VALUES (3);');
    expect(await migrate(database.ownerUrl, directory, (line) => lines.push(line))).toEqual({
      applied: ['3_third'],
    });
    expect(await migrate(database.ownerUrl, directory, (line) => lines.push(line))).toEqual({ applied: [] });
    expect(lines).toEqual(['applied 3_third', 'no pending migrations']);
    expect(await values('SELECT step FROM applied')).toEqual([1, 2, 3]);
  });

  // Catches: a runner without the advisory lock, where two find the same migration pending.
  it('applies each migration once when several runners start together', async () => {
    const runs = await Promise.all([1, 2, 3, 4].map(() => migrate(database.ownerUrl, directory)));
    expect(runs.flatMap(({ applied }) => applied).sort()).toEqual(['1_first', '2_second']);
    expect(await values('SELECT step FROM applied')).toEqual([1, 2]);
  });

  // Catches: statements sent one by one, which would leave the first half of a failed file behind.
  it('rolls a failed migration back whole, names its line and refuses to go on until it is resolved', async () => {
    write('3_broken', 'INSERT INTO applied VALUES (3);\n\nINSERT INTO nowhere VALUES (1);');
    write('4_later', 'INSERT INTO applied VALUES (4);');
    await expect(migrate(database.ownerUrl, directory)).rejects.toThrow(
      '3_broken failed: line 3: relation "nowhere" does not exist',
    );
    expect(await values('SELECT step FROM applied')).toEqual([1, 2]);

    write('3_broken', 'INSERT INTO applied VALUES (3);');
    await expect(migrate(database.ownerUrl, directory)).rejects.toThrow(/^P3009: 3_broken failed earlier/);
    await client.query(
      `UPDATE _prisma_migrations SET rolled_back_at = now() WHERE migration_name = '3_broken'`,
    );
    expect(await migrate(database.ownerUrl, directory)).toEqual({ applied: ['3_broken', '4_later'] });
  });

  // Catches: a checksum that is recorded and never compared.
  it('refuses a migration that was edited after it was applied, before anything else is', async () => {
    await migrate(database.ownerUrl, directory);
    write('1_first', 'CREATE TABLE applied (step bigint);');
    write('3_third', 'INSERT INTO applied VALUES (3);');
    const refusal = migrate(database.ownerUrl, directory);
    await expect(refusal).rejects.toBeInstanceOf(MigrationError);
    await expect(refusal).rejects.toThrow('1_first was edited after it was applied');
    expect(await values('SELECT step FROM applied')).toEqual([1, 2]);
  });

  it('lets no session setting of one migration reach the next', async () => {
    write('3_setting', `SELECT set_config('search_path', '', false); SET ROLE pg_read_all_data;`);
    write('4_later', 'INSERT INTO applied VALUES (4);');
    expect((await migrate(database.ownerUrl, directory)).applied).toContain('4_later');
  });

  it('says so where the migrations folder is missing', async () => {
    await expect(migrate(database.ownerUrl, join(directory, 'absent'))).rejects.toThrow('ENOENT');
  });
});
