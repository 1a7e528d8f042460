import { Test } from '@nestjs/testing';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from '../../../src/app.module';
import { EnvDto } from '../../../src/kernel/config/env.dto';
import { UnitOfWork } from '../../../src/kernel/database/unit-of-work';
import { configureApp } from '../../../src/kernel/http/app-factory';
import { createFastifyAdapter } from '../../../src/kernel/http/fastify-adapter';
import { password, seedReaders, userId } from '../../bench/seed';
import { startTestApp, type TestApp } from '../../support/app';
import { countStatements } from '../../support/count-statements';

const [dashboard, balance, summaries] = [
  '/api/dashboard',
  '/api/billing/balance',
  '/api/email/summaries?limit=2',
];
const paths = [
  dashboard,
  balance,
  summaries,
  '/api/email/summaries?unread=true',
  '/api/email/summaries?category=other',
];
const reader = userId(1);

/** Another process of the API over the same database, as far as what it keeps in memory goes. */
async function startAnother({ app }: TestApp): Promise<{ url: string; app: NestFastifyApplication }> {
  const env = app.get(EnvDto);
  const http = { trustProxyHops: 0, corsOrigins: [], docs: false, publicUrl: env.PUBLIC_URL };
  const module = await Test.createTestingModule({ imports: [AppModule.for(env, 'api')] })
    .setLogger(false as never)
    .compile();
  const other = module.createNestApplication<NestFastifyApplication>(createFastifyAdapter(http), {
    logger: false,
  });
  await configureApp(other, http);
  await other.listen(0, '127.0.0.1');
  return { url: (await other.getUrl()).replace('[::1]', '127.0.0.1'), app: other };
}

interface Plan {
  'Relation Name'?: string;
  Plans?: Plan[];
}
const relationsOf = (plan: Plan): string[] => [
  ...(plan['Relation Name'] === undefined ? [] : [plan['Relation Name']]),
  ...(plan.Plans ?? []).flatMap(relationsOf),
];

describe('answers that a process keeps', () => {
  let product: TestApp;
  let other: Awaited<ReturnType<typeof startAnother>>;
  let counter: ReturnType<typeof countStatements>;
  let token: string;
  let key: string;

  const call = async <T>(url: string, credential: string, init: RequestInit = {}): Promise<T> => {
    const headers = { authorization: `Bearer ${credential}`, 'content-type': 'application/json' };
    const answer = await fetch(url, { ...init, headers });
    expect([url, answer.status]).toEqual([url, init.method === undefined ? 200 : expect.any(Number)]);
    return (await answer.json()) as T;
  };
  /** What the other process answers, from memory where it may. */
  const read = (path: string) => call<object>(`${other.url}${path}`, token);
  /** The same without memory: an API key brings no version along. */
  const readAnew = (path: string) => call<object>(`${other.url}${path}`, key);
  const readAll = () => Promise.all(paths.map(read));
  const statementsOf = async (path: string): Promise<string[]> => {
    counter.take();
    await read(path);
    return counter.take();
  };
  const change = (statement: string, ...values: unknown[]) =>
    product.app
      .get(UnitOfWork)
      .asService('change', () => product.app.get(UnitOfWork).db.$executeRawUnsafe(statement, ...values));

  beforeAll(async () => {
    counter = countStatements(/system_config|outbox_messages|pg_try_advisory|dispatch_|audit_/);
    product = await startTestApp({ worker: false });
    await seedReaders(product, { users: 2, summariesEach: 4 });
    other = await startAnother(product);
    const signedIn = await call<{ tokens: { accessToken: string } }>(`${product.url}/api/auth/login`, '', {
      method: 'POST',
      body: JSON.stringify({ email: 'reader-1@example.com', password }),
    });
    token = signedIn.tokens.accessToken;
    const made = await call<{ key: string }>(`${product.url}/api/auth/api-keys`, token, {
      method: 'POST',
      body: JSON.stringify({ name: 'fresh', scopes: ['billing:read', 'dashboard:read', 'email:read'] }),
    });
    key = made.key;
  });
  afterAll(async () => {
    counter.stop();
    await other.app.close();
    await product.close();
  });

  it('cost the question for session and version, and no other', async () => {
    for (const path of paths) {
      await read(path);
      const asked = await statementsOf(path);
      expect(asked).toHaveLength(1);
      expect(asked[0]).toContain('reader_versions');
      expect(await read(path)).toEqual(await readAnew(path));
    }
  });

  // Mutant: a trigger of the table dropped (see the last test).
  it.each([
    ['the time zone', `update users set preferences = '{"timeZone": "Asia/Tokyo"}' where id = $1::uuid`],
    [
      'a summary',
      `update email_summaries set category = 'finance' where user_id = $1::uuid and category = 'other'`,
    ],
    [
      'a summary that is superseded',
      `update email_summaries set superseded_at = now() where user_id = $1::uuid and category = 'personal'`,
    ],
    [
      'a summary that was read',
      `update email_summaries set read_at = now() where user_id = $1::uuid and category = 'finance'`,
    ],
    ['a mail’s label', `update email_discoveries set labels = '{}' where user_id = $1::uuid`],
    [
      'a summary that goes',
      `delete from email_summaries where user_id = $1::uuid and category = 'newsletter'`,
    ],
    [
      'a mail',
      `with found as (
        insert into email_discoveries (id, user_id, connection_id, gmail_message_id, gmail_thread_id)
        select gen_random_uuid(), user_id, id, 'new', 'new' from gmail_connections where user_id = $1::uuid returning *)
      insert into processing_jobs (id, user_id, email_id, connection_id) select gen_random_uuid(), user_id, id, connection_id from found`,
    ],
    [
      'a mail’s move',
      `update processing_jobs set state = 'cancelled', reason_code = 'jobs.cancelled', finished_at = now()
      where user_id = $1::uuid and state = 'awaiting_credits'`,
    ],
    [
      'a day of usage',
      `insert into usage_analytics (user_id, day, discovered) values ($1::uuid, (now() at time zone 'UTC')::date, 7) on conflict (user_id, day) do update set discovered = usage_analytics.discovered + 7`,
    ],
    ['a mailbox', `update gmail_connections set status = 'disconnected' where user_id = $1::uuid`],
    [
      'a grant',
      `select ledger_grant($1::uuid, gen_random_uuid(), 'promotion', 'kept', 5, 10, now() + interval '3 days')`,
    ],
    [
      'a run',
      `insert into background_jobs (id, user_id, kind, trigger) values (gen_random_uuid(), $1::uuid, 'mailbox-sync', 'user')`,
    ],
  ])('are never older than what another process has changed: %s', async (_what, statement) => {
    const before = await readAll();
    expect(await readAll()).toEqual(before);
    await change(statement, reader);
    const after = await readAll();
    expect(after).not.toEqual(before);
    expect(after).toEqual(await Promise.all(paths.map(readAnew)));
  });

  it('are not kept while a run is foretold an end', async () => {
    await read(dashboard);
    expect(await statementsOf(dashboard)).toHaveLength(4);
    const before = await readAll();
    await change('delete from background_jobs where user_id = $1::uuid', reader);
    expect(await readAll()).not.toEqual(before);
    expect(await statementsOf(dashboard)).toHaveLength(1);
  });

  // Mutants: a stamp that is remembered beyond its transaction; a version that is the newest stamp instead of all of them.
  it('are never older than what has been committed, whoever writes at the same time', async () => {
    const discovered = async (get: (path: string) => Promise<object>): Promise<number> => {
      const { usage } = (await get(dashboard)) as { usage: { discovered: number }[] };
      return usage.reduce((sum, day) => sum + day.discovered, 0);
    };
    let committed = await discovered(readAnew);
    let busy = true;
    // Each has rows of its own, so that they meet nowhere but in the version.
    const writer = async (daysAgo: number) => {
      for (let n = 0; n < 25; n += 1) {
        await change(
          `update usage_analytics set discovered = discovered + 1
           where user_id = $1::uuid and day = (now() at time zone 'UTC')::date - ${daysAgo}`,
          reader,
        );
        committed += 1;
      }
    };
    const reading = async () => {
      while (busy) {
        const least = committed;
        expect(await discovered(read)).toBeGreaterThanOrEqual(least);
      }
    };
    const readers = [reading(), reading(), reading()];
    await Promise.all([1, 2, 3, 4].map(writer)).finally(() => (busy = false));
    await Promise.all(readers);
    expect(await read(dashboard)).toEqual(await readAnew(dashboard));
    const [row] = await product.sql<{ slots: number }>(
      'select count(*)::int as slots from reader_versions where user_id = $1',
      [reader],
    );
    expect(row!.slots).toBeGreaterThan(1);
  });

  it('are given up at the end of a transaction that is rolled back in part', async () => {
    const before = await readAll();
    await product.app.get(UnitOfWork).asService('change', async () => {
      const { db } = product.app.get(UnitOfWork);
      await db.$executeRawUnsafe('savepoint part');
      await db.$executeRawUnsafe(
        `update usage_analytics set discovered = 1000 where user_id = $1::uuid`,
        reader,
      );
      await db.$executeRawUnsafe('rollback to savepoint part');
      await db.$executeRawUnsafe(
        `update usage_analytics set skipped = skipped + 1 where user_id = $1::uuid`,
        reader,
      );
    });
    expect(await readAll()).not.toEqual(before);
  });

  it('are made of no table that does not renew the version', async () => {
    await change('select renew_reader_version($1::uuid)', reader);
    counter.take();
    await readAll();
    const tables = new Set<string>();
    for (const text of counter.take().filter((text) => !text.includes('user_sessions'))) {
      const [row] = await product.sql<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
        `explain (format json, generic_plan) ${text}`,
      );
      for (const table of relationsOf(row!['QUERY PLAN'][0].Plan)) tables.add(table);
    }
    expect(tables.size).toBeGreaterThan(6);
    const renewing = await product.sql<{ name: string; events: number }>(
      `select tgrelid::regclass::text as name, count(*)::int as events from pg_trigger where tgname like '%\\_version%' group by 1`,
    );
    const events = new Map(renewing.map((table) => [table.name, table.events]));
    // Accounts and mails are there before anything is made of them; a wallet's stamp comes with its row, and stands for its lots
    // (test/integration/ledger/model.spec.ts).
    const otherwise: Record<string, number> = {
      users: 1,
      email_discoveries: 1,
      credit_wallets: 1,
      credit_lots: 0,
    };
    for (const table of tables)
      expect([table, events.get(table) ?? 0]).toEqual([table, otherwise[table] ?? 3]);
  });

  // The mutant that the proofs above catch; it comes last because it spoils the database.
  it('would be missed: a table that has lost its trigger', async () => {
    await product.sql('drop trigger usage_analytics_version_update on usage_analytics');
    const before = await readAll();
    await change('update usage_analytics set failed = failed + 1 where user_id = $1::uuid', reader);
    expect(await readAll()).toEqual(before);
    expect(await readAnew(dashboard)).not.toEqual(before[0]);
  });
});
