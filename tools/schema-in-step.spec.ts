import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../test/support/database';
import { ensureSchemaInStep, SchemaDriftError } from './schema-in-step';

const schema = join(__dirname, '..', 'prisma');
let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

async function change(sql: string): Promise<void> {
  const client = new Client({ connectionString: database.ownerUrl });
  await client.connect();
  await client.query(sql);
  await client.end();
}

function complaint(schemaDirectory = schema): unknown {
  try {
    ensureSchemaInStep(database.ownerUrl, schemaDirectory);
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('ensureSchemaInStep', () => {
  it('passes where the migrations make what the schema says', () => {
    expect(complaint()).toBeUndefined();
  });

  it('finds a table that the schema has and no migration makes', () => {
    const drifted = mkdtempSync(join(tmpdir(), 'inbrief-schema-'));
    cpSync(schema, drifted, { recursive: true });
    writeFileSync(join(drifted, 'drift.prisma'), 'model DriftProbe {\n  id Int @id\n}\n');
    const found = complaint(drifted);
    rmSync(drifted, { recursive: true });
    expect(found).toBeInstanceOf(SchemaDriftError);
    expect(String(found)).toContain('DriftProbe');
  });

  it('finds a column that a migration makes and the schema lacks', async () => {
    await change('ALTER TABLE users ADD COLUMN drift_probe int');
    const found = complaint();
    expect(found).toBeInstanceOf(SchemaDriftError);
    expect(String(found)).toContain('drift_probe');
  });

  // Catches: a check that trusts the exit code, which an engine that answers nothing leaves at 0.
  it('does not take an engine that says nothing for agreement', () => {
    process.env.PRISMA_SCHEMA_ENGINE_BINARY = '/bin/true';
    const found = complaint();
    delete process.env.PRISMA_SCHEMA_ENGINE_BINARY;
    expect(String(found)).toContain('said nothing');
  });

  it('finds that Prisma would not accept a migration as applied', async () => {
    await change(`UPDATE _prisma_migrations SET finished_at = NULL`);
    const found = complaint();
    expect(found).toBeInstanceOf(SchemaDriftError);
    expect(String(found)).toContain('P3009');
  });
});
