import { Client, DatabaseError } from 'pg';
import { enterIdentity } from '../support/identity';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { seededTables, seedTenant } from './rls-seeds';

const refused = '42501';

let database: TestDatabase;
let owner: Client;
let app: Client;
let alice: string;
let bob: string;

beforeAll(async () => {
  database = await createTestDatabase();
  owner = new Client({ connectionString: database.ownerUrl });
  app = new Client({ connectionString: database.appUrl });
  await Promise.all([owner.connect(), app.connect()]);
  alice = await seedTenant(owner);
  bob = await seedTenant(owner);
});
afterAll(async () => {
  await Promise.all([owner.end(), app.end()]);
  await database.drop();
});

/**
 * Rows that the statement touched when run as the role for the tenant, or the code of its error: any but `refused` means
 * that it got past the policies. Leaves nothing behind.
 */
async function touched(
  role: string | null,
  tenant: string,
  sql: string,
  values: unknown[] = [],
): Promise<number | string> {
  await app.query('begin');
  try {
    if (role) await app.query(enterIdentity, [role, tenant]);
    return (await app.query(sql, values)).rowCount ?? 0;
  } catch (error) {
    if (error instanceof DatabaseError) return error.code ?? error.message;
    throw error;
  } finally {
    await app.query('rollback');
  }
}

async function column(sql: string, values: unknown[] = []): Promise<string[]> {
  return (await owner.query<{ value: string }>(sql, values)).rows.map(({ value }) => value);
}

const columnsOf = (table: string): Promise<string[]> =>
  column(
    `select column_name as value from information_schema.columns
     where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER'`,
    [table],
  );

/** What `role` on behalf of `tenant` can do to the victim's rows of a table; empty when it can do nothing. */
async function intrusions(
  role: string | null,
  tenant: string,
  table: string,
  key: string,
): Promise<string[]> {
  const found: string[] = [];
  const expectNothing = (what: string, outcome: number | string): void => {
    if (outcome !== 0 && outcome !== refused) found.push(`${what}: ${outcome}`);
  };
  expectNothing('reads', await touched(role, tenant, `select * from ${table} where ${key} = $1`, [alice]));
  expectNothing('deletes', await touched(role, tenant, `delete from ${table} where ${key} = $1`, [alice]));
  const columns = await columnsOf(table);
  for (const name of columns) {
    const update = `update ${table} set ${name} = ${name} where ${key} = $1`;
    expectNothing(`updates ${name}`, await touched(role, tenant, update, [alice]));
  }
  const [row] = await column(`select to_jsonb(t)::text as value from ${table} t where ${key} = $1`, [alice]);
  const names = columns.join(', ');
  const forged = `insert into ${table} (${names}) select ${names} from jsonb_populate_record(null::${table}, $1::jsonb)`;
  expectNothing('inserts', await touched(role, tenant, forged, [row]));
  if (
    tenant &&
    (await touched(role, tenant, `update ${table} set ${key} = $1 where ${key} = $2`, [alice, tenant])) !==
      refused
  )
    found.push('gives its own row away');
  return found;
}

describe('row-level security', () => {
  it('knows a seed row for every table with a user_id', async () => {
    const withTenant = await column(
      `select t.table_name as value from information_schema.columns c
       join information_schema.tables t using (table_schema, table_name)
       where c.table_schema = 'public' and c.column_name = 'user_id' and t.table_type = 'BASE TABLE' order by 1`,
    );
    const seeded = seededTables.map(({ table }) => table).filter((table) => table !== 'users');
    expect(seeded.sort()).toEqual(withTenant);
  });

  it('is enabled and forced on every table of the application', async () => {
    const open = await column(
      `select relname as value from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
       and not (relrowsecurity and relforcerowsecurity) and relname <> '_prisma_migrations'`,
    );
    expect(open).toEqual([]);
  });

  it('binds views to their reader', async () => {
    const views = await column(
      `select relname as value from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm')
       and not coalesce(reloptions @> '{security_invoker=true}', false)`,
    );
    expect(views).toEqual([]);
  });

  it('lets a user read no table that belongs to nobody but the public settings', async () => {
    const readable = await column(
      `select relname as value from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm')
       and has_any_column_privilege('inbrief_user', oid, 'select')
       and not exists (select from pg_attribute where attrelid = c.oid and attname = 'user_id') order by 1`,
    );
    expect(readable).toEqual(['system_config', 'users']);
  });

  describe.each(seededTables)('of $table', ({ table, tenantColumn }) => {
    // Not a proof but what makes the proofs below worth something: the row is there to be found.
    it('shows the row to the service', async () => {
      const sql = `select * from ${table} where ${tenantColumn} = $1`;
      expect(await touched('inbrief_service', '', sql, [alice])).toBe(1);
    });

    it("lets user B read and write none of user A's rows", async () => {
      expect(await intrusions('inbrief_user', bob, table, tenantColumn)).toEqual([]);
    });

    it('lets nobody in who names no user', async () => {
      expect(await intrusions('inbrief_user', '', table, tenantColumn)).toEqual([]);
    });

    it('refuses a statement without a unit of work outright', async () => {
      expect(await touched(null, '', `select from ${table}`)).toBe(refused);
      expect(await intrusions(null, '', table, tenantColumn)).toEqual([]);
    });
  });

  // The mutants that the proofs above catch; they come last because they spoil the database.
  it.each([
    [
      'a policy that checks what is read, not what is written',
      'using (user_id = current_user_id()) with check (true)',
    ],
    ['a policy that is too wide', 'using (true)'],
  ])('would be missed: %s', async (_mutant, policy) => {
    await owner.query('drop policy own on email_actions');
    await owner.query(`create policy own on email_actions to inbrief_user ${policy}`);
    expect(await intrusions('inbrief_user', bob, 'email_actions', 'user_id')).not.toEqual([]);
  });

  it('would be missed: a table where it is off', async () => {
    await owner.query('alter table api_keys disable row level security');
    expect(await intrusions('inbrief_user', bob, 'api_keys', 'user_id')).not.toEqual([]);
  });
});
