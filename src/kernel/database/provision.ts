import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { runMigrations } from 'bullmq';
import { Client, escapeIdentifier, escapeLiteral } from 'pg';

/** The roles a unit of work may enter; the migrations create them. */
const enterableRoles = ['inbrief_user', 'inbrief_service'];
const queueSchema = 'bullmq';

interface RoleAttributes {
  rolsuper: boolean;
  rolbypassrls: boolean;
  rolcreatedb: boolean;
  rolcreaterole: boolean;
  rolreplication: boolean;
}

/**
 * Creates the application's login role, or brings it into shape: it owns none of our tables, bypasses nothing and
 * inherits nothing; it may enter `inbrief_user` and `inbrief_service`, connect to the URL's database, and use the job queue's
 * tables, which are created here and belong to the URL's role. Idempotent; the password is replaced
 * at each call, and only its SCRAM verifier is sent. Run it after the migrations, and after each upgrade of BullMQ.
 *
 * Throws where the migrations have not created the roles, or the URL's own role may not create roles.
 */
export async function provisionLogin(
  directUrl: string,
  { role, password }: { role: string; password: string },
): Promise<void> {
  const client = new Client({ connectionString: directUrl, application_name: 'inbrief-provision' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    // Commits on its own, under its own lock; harmless to repeat.
    await runMigrations(client, queueSchema);
    await client.query('BEGIN');
    // Two releases starting at once would otherwise trip over each other's catalogue rows.
    await client.query(`SELECT pg_advisory_xact_lock(hashtext('inbrief.provision'))`);
    await createOrAlter(client, role, password);
    await grantMembership(client, role);
    await grantDatabase(client, role);
    await grantQueue(client, role);
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}

async function createOrAlter(client: Client, role: string, password: string): Promise<void> {
  const name = escapeIdentifier(role);
  const { rows } = await client.query<RoleAttributes>(
    'SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication FROM pg_roles WHERE rolname = $1',
    [role],
  );
  const existing = rows[0];
  if (!existing) await client.query(`CREATE ROLE ${name} NOINHERIT`);
  // Only a superuser may even mention the first two and the last, so they are named where they have to change.
  const withdrawn = [
    existing?.rolsuper && 'NOSUPERUSER',
    existing?.rolbypassrls && 'NOBYPASSRLS',
    existing?.rolreplication && 'NOREPLICATION',
    existing?.rolcreatedb && 'NOCREATEDB',
    existing?.rolcreaterole && 'NOCREATEROLE',
  ].filter(Boolean);
  const verifier = escapeLiteral(scramVerifier(password));
  await client.query(`ALTER ROLE ${name} LOGIN NOINHERIT ${withdrawn.join(' ')} PASSWORD ${verifier}`);
}

async function grantMembership(client: Client, role: string): Promise<void> {
  const { rows } = await client.query<{ version: number }>(
    `SELECT current_setting('server_version_num')::int / 10000 AS version`,
  );
  // Before 16 the role's own NOINHERIT decides, and membership always includes SET ROLE.
  const options = (rows[0]?.version ?? 0) >= 16 ? ' WITH INHERIT FALSE, SET TRUE' : '';
  await client.query(`GRANT ${enterableRoles.join(', ')} TO ${escapeIdentifier(role)}${options}`);
}

/** The queue's bulk insert uses a temporary table. */
async function grantDatabase(client: Client, role: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>('SELECT current_database() AS name');
  const database = escapeIdentifier(rows[0]?.name ?? '');
  await client.query(`GRANT CONNECT, TEMPORARY ON DATABASE ${database} TO ${escapeIdentifier(role)}`);
}

/** CREATE because BullMQ makes a counting sequence for each queue when its first job is added. */
async function grantQueue(client: Client, role: string): Promise<void> {
  const name = escapeIdentifier(role);
  await client.query(`
    GRANT USAGE, CREATE ON SCHEMA ${queueSchema} TO ${name};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${queueSchema} TO ${name};
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${queueSchema} TO ${name};
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${queueSchema} TO ${name}`);
}

/** What Postgres stores for a password, computed here so that the password appears in no statement log. */
function scramVerifier(password: string, iterations = 4096): string {
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const hmac = (text: string): Buffer => createHmac('sha256', salted).update(text).digest();
  const storedKey = createHash('sha256').update(hmac('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${hmac('Server Key').toString('base64')}`;
}
