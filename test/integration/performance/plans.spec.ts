import { Client } from 'pg';
import { SessionRepository } from '../../../src/auth/session.repository';
import { LedgerRepository } from '../../../src/billing/ledger.repository';
import { EmailRepository } from '../../../src/email/email.repository';
import { ReadingRepository, type SummaryFilter } from '../../../src/email/reading.repository';
import { Prisma } from '../../../src/kernel/database/generated/client';
import type { UnitOfWork } from '../../../src/kernel/database/unit-of-work';
import { OutboxRepository } from '../../../src/kernel/outbox/outbox.repository';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { enterIdentity } from '../../support/identity';

const users = 1_800;
const each = 100;
/** Summaries of the one who searches: with a handful, reading all of them is the better way. */
const archive = 20_000;

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  Plans?: Plan[];
}

const userOf = (n: string): string => `('00000000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;
const reader = '00000000-0000-7000-8000-000000000007';
const mailbox = '00000000-0000-7000-9000-000000000007';

/** What a repository sends, instead of sending it. */
function sentBy(ask: (uow: UnitOfWork) => unknown): Prisma.Sql {
  const sent: Prisma.Sql[] = [];
  const rows = (statement: Prisma.Sql) => {
    sent.push(statement);
    return Promise.resolve([]);
  };
  const $queryRaw = (parts: TemplateStringsArray, ...values: unknown[]) => rows(Prisma.sql(parts, ...values));
  const readAsService = (_reason: string, read: () => unknown) => read();
  ask({ rows, db: { $queryRaw }, readAsService } as unknown as UnitOfWork);
  const [statement] = sent;
  if (!statement || sent.length > 1) throw new Error('One statement was expected');
  return statement;
}

/** Every way in which a plan reads rows: `Seq Scan users`, or the index. */
function waysIn(plan: Plan): string[] {
  const below = (plan.Plans ?? []).flatMap(waysIn);
  if (plan['Index Name'] !== undefined) return [plan['Index Name'], ...below];
  const relation = plan['Relation Name'];
  return plan['Node Type'] === 'Seq Scan' && relation !== undefined
    ? [`all of ${relation}`, ...below]
    : below;
}

describe(`plans over ${(users * each + archive).toLocaleString('en')} rows`, () => {
  let database: TestDatabase;
  let owner: Client;

  const plan = async (role: string, { text, values }: Prisma.Sql): Promise<string[]> => {
    await owner.query('begin');
    try {
      await owner.query(enterIdentity, [role, reader]);
      const { rows } = await owner.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
        `explain (format json) ${text}`,
        values,
      );
      return waysIn(rows[0]!['QUERY PLAN'][0].Plan);
    } finally {
      await owner.query('rollback');
    }
  };
  const list = (filter: SummaryFilter, after = false) =>
    plan(
      'inbrief_user',
      sentBy((uow) =>
        new ReadingRepository(uow).list(
          reader,
          filter,
          after ? { receivedAt: new Date(), id: reader } : null,
          21,
        ),
      ),
    );

  beforeAll(async () => {
    database = await createTestDatabase();
    owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    await fill(owner);
  }, 120_000);
  afterAll(async () => {
    await owner.end();
    await database.drop();
  });

  // Mutant: the index email_summaries_user without its order: a page is then sorted out of all of a reader's summaries.
  it('read a page of summaries from the index that is in its order', async () => {
    expect(await list({})).toEqual(['email_summaries_user']);
    expect(await list({}, true)).toEqual(['email_summaries_user']);
  });

  it('read a filtered page from an index, and nobody else’s rows', async () => {
    expect(await list({ category: 'finance' })).toEqual(['email_summaries_category']);
    expect(await list({ urgency: 'critical' })).toEqual(['email_summaries_urgency']);
    for (const filter of [
      { connectionId: mailbox },
      { sender: 'ada' },
      { from: new Date(0), to: new Date() },
      { unread: true },
    ])
      for (const way of await list(filter)) expect(way).toMatch(/^(email_summaries|email_discoveries)_/);
  });

  // Mutant: the search as the user, under whose policy Postgres may not use the index.
  it('find words through the index of words', async () => {
    const search = sentBy((uow) => new ReadingRepository(uow).search(reader, 'zebra crossing', {}, null, 21));
    expect(await plan('inbrief_service', search)).toContain('email_summaries_search');
  });

  it('read a balance from its wallet and its lots', async () => {
    const ways = await plan(
      'inbrief_user',
      sentBy((uow) => new LedgerRepository(uow, undefined as never).balance(reader)),
    );
    expect(ways.join(' ')).not.toContain('all of');
    expect(ways.join(' ')).toMatch(/credit_lots_(user|open)/);
  });

  // Mutant: the names without their limit: a plan for exactly so many looks better than any that is kept, and costs more than the rest.
  it('look up who calls by keys, and plan that no more than five times', async () => {
    const standings = sentBy((uow) =>
      new SessionRepository(uow).standings([{ userId: reader, sessionId: reader }]),
    );
    expect((await plan('inbrief_service', standings)).join(' ')).not.toContain('all of');
    const { text, values } = standings;
    for (let call = 0; call < 12; call += 1) await owner.query({ name: 'standings', text, values });
    const { rows } = await owner.query(
      `select generic_plans::int as kept, custom_plans::int as made from pg_prepared_statements where name = 'standings'`,
    );
    expect(rows).toEqual([{ kept: 7, made: 5 }]);
  });

  // Mutant: a condition that the index does not know; all current summaries of a mailbox would be read for each mail.
  it('find what was said before in some mails’ threads through the index of threads', async () => {
    const threads = sentBy((uow) =>
      new EmailRepository(uow, undefined as never).listThreads([mailbox, reader], 5),
    );
    const ways = await plan('inbrief_user', threads);
    expect(ways.filter((way) => way.includes('email_summaries'))).toEqual(['email_summaries_thread']);
  });

  it('claim events that are due through the index of what is due', async () => {
    const claim = sentBy((uow) => new OutboxRepository(uow).claim(50, 1_000));
    const ways = await plan('inbrief_service', claim);
    expect(ways).toContain('outbox_messages_due');
    expect(ways).not.toContain('all of outbox_messages');
  });
});

/** Rows of one table alone, in bulk: foreign keys and triggers sleep, indexes are built at the end. */
async function fill(owner: Client): Promise<void> {
  await owner.query('set session_replication_role = replica');
  const everyRow = `from generate_series(1, ${users}) u cross join generate_series(1, ${each}) n`;
  await withoutIndexes(owner, 'email_summaries', () =>
    owner.query(`insert into email_summaries (id, user_id, email_id, connection_id, gmail_message_id, gmail_thread_id, subject,
        sender, received_at, headline, summary, category, urgency, language, confidence, model, prompt_version, input_tokens,
        output_tokens, cost_micros)
      select gen_random_uuid(), ${userOf('u')}, gen_random_uuid(), ('00000000-0000-7000-9000-' || lpad(to_hex(u), 12, '0'))::uuid,
        u || '-' || n, u || '-' || n / 3, case when u = 7 and n = 3 then 'zebra crossing' else 'minutes' end, 'a@example.com',
        now() - n * interval '1 hour', 'headline', 'summary', (array['work', 'personal', 'finance', 'newsletter', 'other'])[1 + n % 5],
        (array['low', 'normal', 'high', 'critical'])[1 + n % 4], 'en', 1, 'm', '1', 1, 1, 1
      from (select u, n ${everyRow} union all select 7, ${each} + n from generate_series(1, ${archive}) n) mails`),
  );
  await owner.query(`insert into users (id, email, name) select ${userOf('u')}, u || '@example.com', 'Reader'
    from generate_series(1, ${users}) u`);
  await owner.query(`insert into user_sessions (id, user_id, expires_at) select ${userOf('u')}, ${userOf('u')}, now() + interval '1 day'
    from generate_series(1, ${users}) u`);
  await owner.query(
    `insert into credit_wallets (user_id) select ${userOf('u')} from generate_series(1, ${users}) u`,
  );
  await withoutIndexes(owner, 'credit_lots', () =>
    owner.query(`insert into credit_lots (id, user_id, source, source_ref, granted, remaining, spent, captured)
      select gen_random_uuid(), ${userOf('u')}, 'promotion', u || '-' || n, 5, case when n = 1 then 5 else 0 end, n > 1,
        case when n = 1 then 0 else 5 end ${everyRow}`),
  );
  await owner.query(`insert into outbox_messages (id, type, payload, published_at)
    select gen_random_uuid(), 'test.happened.v1', '{}', case when n > 1 or u > 500 then now() end ${everyRow}`);
  await owner.query('set session_replication_role = origin');
  await owner.query(
    'vacuum analyze users, user_sessions, email_summaries, credit_lots, credit_wallets, outbox_messages',
  );
}

async function withoutIndexes(owner: Client, table: string, insert: () => Promise<unknown>): Promise<void> {
  const { rows } = await owner.query<{ name: string; definition: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
     where i.indrelid = $1::regclass and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`,
    [table],
  );
  for (const { name } of rows) await owner.query(`drop index ${name}`);
  await insert();
  for (const { definition } of rows) await owner.query(definition);
}
