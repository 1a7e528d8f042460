import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Client } from 'pg';
import { startPostgres } from '../sandbox/postgres/postgres';
import { migrate } from '../src/kernel/database/migrate';
import { migrationsDirectory } from '../src/kernel/database/migration-files';
import { provisionLogin } from '../src/kernel/database/provision';
import { ensureSchemaInStep } from './schema-in-step';

const root = join(__dirname, '..');
const owner = { role: 'schema_owner', password: randomUUID() };

/**
 * `tsx tools/check-schema.ts`: migrates an empty database as a role that owns it and may create roles but is no
 * superuser, as on a managed Postgres, provisions the application's login as that role too, and exits 1 with Prisma's
 * diff where the schema is not in step with the result.
 */
async function main(): Promise<void> {
  const dataDir = join(root, '.inbrief', `check-schema-${process.pid}`);
  const postgres = await startPostgres({ dataDir, fast: true, temporary: true });
  try {
    const url = await createOwnedDatabase(postgres.url);
    await migrate(url, migrationsDirectory, (line) => process.stdout.write(`${line}\n`));
    await provisionLogin(url, { role: 'schema_login', password: randomUUID() });
    ensureSchemaInStep(url, join(root, 'prisma'));
    process.stdout.write(
      'The Prisma schema is in step with the migrations, and Prisma accepts them as applied\n',
    );
  } finally {
    await postgres.stop();
  }
}

async function createOwnedDatabase(adminUrl: string): Promise<string> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(`CREATE ROLE ${owner.role} LOGIN CREATEROLE CREATEDB PASSWORD '${owner.password}'`);
    await client.query(`CREATE DATABASE schema_check OWNER ${owner.role}`);
  } finally {
    await client.end();
  }
  const url = new URL(adminUrl);
  url.username = owner.role;
  url.password = owner.password;
  url.pathname = '/schema_check';
  return url.toString();
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
