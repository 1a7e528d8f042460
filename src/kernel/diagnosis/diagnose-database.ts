import { Client } from 'pg';
import { migrationsDirectory, readMigrations } from '../database/migration-files';
import { fault, type Finding, ok, reasonOf, warning } from './finding';

const patienceMs = 5_000;
/** Tokens and signatures bear a few seconds; beyond this they are refused. */
const mostSkewMs = 10_000;
const provision = 'run `npm run db:migrate -- --provision-login` as the owner (DIRECT_DATABASE_URL)';

/** A connection that hangs for nobody. @throws Error of pg. */
async function connect(url: string): Promise<Client> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: patienceMs,
    query_timeout: patienceMs,
    application_name: 'inbrief-doctor',
  });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** Looks at Postgres as the application's login: what it is, what it may, what was migrated, and what time it has. */
export async function diagnoseDatabase(url: string, now: () => number): Promise<Finding[]> {
  let client: Client;
  try {
    client = await connect(url);
  } catch (error) {
    return [fault('database.reach', `Postgres: ${reasonOf(error)}`, mendOf(error))];
  }
  try {
    const reach = ok('database.reach', 'Postgres answers');
    const clock = await diagnoseClock(client, now);
    const [role] = await client
      .query<{ known: boolean }>(
        `select to_regrole('inbrief_user') is not null and to_regrole('inbrief_service') is not null
        and to_regclass('public.users') is not null as known`,
      )
      .then(({ rows }) => rows);
    if (!role?.known)
      return [
        reach,
        clock,
        fault('database.migrations', 'This database was never migrated', 'run `npm run db:migrate`'),
      ];
    const roles = await diagnoseRole(client);
    const rls = await diagnoseRls(client);
    const migrations = roles.some(({ state }) => state === 'fault') ? [] : [await diagnoseMigrations(client)];
    return [reach, clock, ...roles, rls, ...migrations];
  } finally {
    await client.end();
  }
}

function mendOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === '28P01' || code === '28000')
    return `correct user and password in DATABASE_URL, or ${provision}`;
  if (code === '3D000')
    return 'create the database, or correct its name in DATABASE_URL, then run `npm run db:migrate`';
  return 'start Postgres, or correct host and port in DATABASE_URL; a firewall or a missing `?sslmode=require` looks the same';
}

async function diagnoseClock(client: Client, now: () => number): Promise<Finding> {
  const before = now();
  const { rows } = await client.query<{ at: number }>(
    'select extract(epoch from clock_timestamp())::float8 * 1000 as at',
  );
  const skewMs = Math.abs((before + now()) / 2 - (rows[0]?.at ?? 0));
  if (skewMs <= mostSkewMs)
    return ok('clock.skew', `The clocks of this machine and of Postgres differ by ${Math.round(skewMs)} ms`);
  return fault(
    'clock.skew',
    `The clocks of this machine and of Postgres differ by ${Math.round(skewMs / 1000)} s`,
    'let NTP set both clocks (`timedatectl set-ntp true`): tokens, leases and signatures go by them',
  );
}

interface RoleFacts {
  name: string;
  mighty: boolean;
  owned: string[];
  inherits: boolean;
  enters: boolean;
}

async function diagnoseRole(client: Client): Promise<Finding[]> {
  const { rows } = await client.query<RoleFacts>(`
    select current_user as name,
      rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication as mighty,
      array(select relname::text from pg_class where relowner = r.oid and relnamespace = 'public'::regnamespace order by 1 limit 5) as owned,
      pg_has_role(r.oid, 'inbrief_user', 'usage') or pg_has_role(r.oid, 'inbrief_service', 'usage')
        or pg_has_role(r.oid, 'inbrief_ledger', 'member') as inherits,
      pg_has_role(r.oid, 'inbrief_user', 'member') and pg_has_role(r.oid, 'inbrief_service', 'member') as enters
    from pg_roles r where rolname = current_user`);
  const role = rows[0];
  if (!role) return [fault('database.role', 'Postgres does not know the login', provision)];
  const wrong = [
    role.mighty && 'is a superuser, bypasses row-level security or may make roles and databases',
    role.owned.length > 0 && `owns ${role.owned.join(', ')}`,
    !role.mighty && role.inherits && 'inherits the rights of the roles that it should have to enter',
    !role.enters && 'may not enter inbrief_user and inbrief_service',
  ].filter((fact) => typeof fact === 'string');
  if (wrong.length === 0)
    return [ok('database.role', `${role.name} owns nothing, bypasses nothing, inherits nothing`)];
  return [
    fault(
      'database.role',
      `${role.name} ${wrong.join('; ')}`,
      `name a login of the application's own in DATABASE_URL, not the owner, and ${provision}`,
    ),
  ];
}

async function diagnoseRls(client: Client): Promise<Finding> {
  const { rows } = await client.query<{ name: string; forced: boolean }>(`
    select relname::text as name, relrowsecurity and relforcerowsecurity as forced from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname <> '_prisma_migrations' order by 1`);
  const open = rows.filter(({ forced }) => !forced).map(({ name }) => name);
  if (open.length === 0)
    return ok('database.rls', `Row-level security is forced on all ${rows.length} tables`);
  return fault(
    'database.rls',
    `Row-level security is not enabled and forced on ${open.join(', ')}`,
    open.map((name) => `alter table ${name} enable row level security, force row level security;`).join(' '),
  );
}

async function diagnoseMigrations(client: Client): Promise<Finding> {
  await client.query('begin');
  await client.query(`select set_config('role', 'inbrief_service', true)`);
  const { rows } = await client.query<{ name: string; finished: boolean }>(`
    select migration_name as name, finished_at is not null as finished from _prisma_migrations where rolled_back_at is null`);
  await client.query('rollback');
  const expected = readMigrations(migrationsDirectory).map(({ name }) => name);
  const applied = new Set(rows.filter(({ finished }) => finished).map(({ name }) => name));
  const pending = expected.filter((name) => !applied.has(name));
  const newer = [...applied].filter((name) => !expected.includes(name));
  if (pending.length > 0)
    return fault(
      'database.migrations',
      `Not applied: ${pending.join(', ')}`,
      'run `npm run db:migrate` before this build starts',
    );
  if (newer.length > 0)
    return warning(
      'database.migrations',
      `The database is ahead of this build by ${newer.join(', ')}`,
      'roll the newer build out; what expands first and contracts later keeps this one running',
    );
  return ok('database.migrations', `All ${expected.length} migrations are applied`);
}

/** Looks at the job queue's tables, where the queue lives in Postgres. */
export async function diagnoseQueue(url: string): Promise<Finding> {
  let client: Client | undefined;
  try {
    client = await connect(url);
    const { rows } = await client.query<{ tables: number; usable: boolean }>(`
      select count(c.oid)::int as tables,
        coalesce(bool_and(has_schema_privilege(n.oid, 'usage') and has_schema_privilege(n.oid, 'create')
          and has_table_privilege(c.oid, 'select') and has_table_privilege(c.oid, 'insert')
          and has_table_privilege(c.oid, 'update') and has_table_privilege(c.oid, 'delete')), false) as usable
      from pg_namespace n left join pg_class c on c.relnamespace = n.oid and c.relkind = 'r' where n.nspname = 'bullmq'`);
    const { tables = 0, usable = false } = rows[0] ?? {};
    if (tables === 0) return fault('queue.schema', "The job queue's tables are not there", provision);
    return usable
      ? ok('queue.schema', `The job queue lives in Postgres, ${tables} tables`)
      : fault('queue.schema', "The login may not use the job queue's tables", provision);
  } catch (error) {
    return fault(
      'queue.schema',
      `The queue's Postgres: ${reasonOf(error)}`,
      'let QUEUE_DATABASE_URL name Postgres without a pooler, as the login role',
    );
  } finally {
    await client?.end();
  }
}
