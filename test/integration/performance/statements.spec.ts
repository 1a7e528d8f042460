import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { password, seedReaders, userId } from '../../bench/seed';
import { startTestApp, type TestApp } from '../../support/app';
import { countStatements } from '../../support/count-statements';

/** Rows that the busy reader has of each kind. */
const many = 40;

/**
 * Statements that a call of each read may cost, the check of its session among them. A route that is not here may cost no more
 * than two: its session and its answer.
 */
const most: Record<string, number> = {
  '/api/dashboard': 4,
  '/api/users/me': 3,
  '/api/jobs/processing': 3,
};

interface OpenApi {
  paths: Record<string, { get?: { security?: object[]; parameters?: { required?: boolean }[] } }>;
}

/** Reads of a signed-in user that need nothing in their address. */
const document = JSON.parse(readFileSync(join(__dirname, '../../../openapi.json'), 'utf8')) as OpenApi;
const routes = Object.entries(document.paths)
  .filter(([path, { get }]) => get?.security?.some((way) => 'accessToken' in way) && !path.includes('{'))
  .filter(
    ([path, { get }]) => !get?.parameters?.some(({ required }) => required) && !path.endsWith('/stream'),
  )
  .map(([path]) => path);

describe('statements that a read costs', () => {
  let product: TestApp;
  let counter: ReturnType<typeof countStatements>;
  let idle: string;
  let busy: string;

  const signIn = async (email: string): Promise<string> => {
    const answer = await fetch(`${product.url}/api/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });
    const { tokens } = (await answer.json()) as { tokens: { accessToken: string } };
    return tokens.accessToken;
  };
  const costOf = async (path: string, token: string): Promise<string[]> => {
    // Nothing is answered from memory.
    await product.sql('update reader_versions set stamp = gen_random_uuid()');
    counter.take();
    const answer = await fetch(`${product.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
    expect([path, answer.status]).toEqual([path, 200]);
    await answer.arrayBuffer();
    return counter.take();
  };

  beforeAll(async () => {
    counter = countStatements(/system_config|outbox_messages|pg_try_advisory|dispatch_/);
    product = await startTestApp({ worker: false });
    await seedReaders(product, { users: 2, summariesEach: many });
    await thin(product, userId(1));
    await thicken(product, userId(2));
    [idle, busy] = [await signIn('reader-1@example.com'), await signIn('reader-2@example.com')];
  });
  afterAll(async () => {
    counter.stop();
    await product.close();
  });

  it('are counted at all', async () => {
    expect(await costOf('/api/billing/balance', idle)).toHaveLength(2);
    expect(routes).toEqual(expect.arrayContaining(['/api/dashboard', '/api/email/summaries', '/api/jobs']));
  });

  // Mutant: a list that reads something of each of its rows by itself (a mailbox of each summary, a lot of each line).
  it.each(routes)('of %s are few, and as few for many rows as for none', async (path) => {
    const [few, more] = [await costOf(path, idle), await costOf(path, busy)];
    expect(more.length).toBe(few.length);
    expect(more.length).toBeLessThanOrEqual(most[path] ?? 2);
  });
});

/** Leaves a reader with an account and nothing in it. */
async function thin({ sql }: TestApp, user: string): Promise<void> {
  for (const table of [
    'email_summaries',
    'processing_jobs',
    'email_discoveries',
    'gmail_connections',
    'usage_analytics',
  ])
    await sql(`delete from ${table} where user_id = $1`, [user]);
}

/** More of everything that a list can show. */
async function thicken({ sql }: TestApp, user: string): Promise<void> {
  const ids = Array.from({ length: many }, () => uuidv7());
  const each = 'from unnest($1::uuid[]) with ordinality as one (id, n)';
  const emails = (
    await sql<{ id: string }>('select id from email_discoveries where user_id = $1', [user])
  ).map(({ id }) => id);
  await sql(
    `insert into api_keys (id, user_id, name, prefix, key_hash, scopes)
     select id, $2, 'Key ' || n, 'ibk_', sha256(id::text::bytea), '{email:read}' ${each}`,
    [ids, user],
  );
  await sql(
    `insert into user_sessions (id, user_id, device, expires_at) select id, $2, 'Device ' || n, now() + interval '1 day' ${each}`,
    [ids, user],
  );
  await sql(
    `insert into email_rules (id, user_id, name, categories, kind) select id, $2, 'Rule ' || n, '{work}', 'star' ${each}`,
    [ids, user],
  );
  await sql(
    `insert into email_actions (id, user_id, email_id, kind, requested_by, request_id)
     select id, $2, $3, 'star', 'user', id ${each}`,
    [ids, user, emails[0]],
  );
  await sql(
    `insert into background_jobs (id, user_id, kind, trigger) select id, $2, 'mailbox-sync', 'user' ${each}`,
    [ids, user],
  );
  await sql(
    `insert into billing_history (id, user_id, kind, ref, occurred_at) select id, $2, 'purchase', id::text, now() ${each}`,
    [ids, user],
  );
  await sql(`select ledger_hold($1, $2, $3, '7 days')`, [user, emails, emails.map(() => uuidv7())]);
}
