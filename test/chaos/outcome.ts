import { Client } from 'pg';
import { control, type Person } from './people';
import type { World } from './world';

export interface Outcome {
  /** In mailboxes whose owner is still there. */
  mails: number;
  summaries: number;
  captures: number;
  /** Credits given back, by reason. */
  released: { reason: string; mails: number }[];
  /** Mails that got a job, also of people who left. */
  taken: number;
  /** Mails by the state their job ended in, with its reason. */
  ended: { how: string; mails: number }[];
  /** Mails that no job, or no final state, tells the end of. */
  lost: string[];
  /** More than one summary or capture for a mail, or one without the other. */
  doubled: string[];
  unexplained: number;
  held: number;
  /** Answers that the model gave: what the vendor bills. */
  answers: number;
  calls: number;
  violations: string[];
}

/** Asks the database and the vendors themselves, past every wire, what came of it all. */
export async function readOutcome(world: World, people: Person[]): Promise<Outcome> {
  const model = await control<{ calls: number; answered: number }>(
    `${world.emulators.anthropic}/__control/state`,
    undefined,
    'GET',
  );
  const staying = people.filter(({ gone }) => !gone);
  return ask(world.ownerUrl, async (rows) => {
    const number = async (sql: string): Promise<number> => (await rows<{ n: number }>(sql))[0]?.n ?? 0;
    const discovered = await rows<{ email: string; ids: string[] }>(
      `select c.email_address as email, array_agg(d.gmail_message_id) as ids
       from email_discoveries d join gmail_connections c on c.id = d.connection_id group by 1`,
    );
    const open = await rows<{ what: string }>(
      `select 'mail ' || d.id || ': ' || coalesce('still ' || j.state || ' (' || j.attempts || ' attempts, ' || j.deferrals || ' deferrals)', 'has no job') as what
       from email_discoveries d left join processing_jobs j on j.email_id = d.id
       where j.state is null or j.finished_at is null`,
    );
    const doubled = await rows<{ what: string }>(
      `select 'mail ' || email_id || ': ' || summaries || ' summaries, ' || captures || ' captures' as what
       from (
         select email_id, count(s.id) as summaries, coalesce(sum(c.captures), 0) as captures
         from (select email_id, count(*) as captures from credit_holds h
               join credit_transactions t on t.hold_id = h.id and t.kind = 'CAPTURE' group by 1) c
         full join email_summaries s using (email_id) group by email_id) per_mail
       where summaries <> 1 or captures <> 1`,
    );
    return {
      mails: staying.reduce((sum, { mails }) => sum + mails.length, 0),
      summaries: await number('select count(*)::int as n from email_summaries'),
      captures: await number(`select count(*)::int as n from credit_transactions where kind = 'CAPTURE'`),
      released: await rows(
        `select coalesce(reason, '(none)') as reason, count(*)::int as mails from credit_transactions
         where kind = 'RELEASE' group by 1 order by 1`,
      ),
      taken: await number('select count(*)::int as n from processing_jobs'),
      ended: await rows(
        `select state || coalesce(': ' || reason_code, '') as how, count(*)::int as mails from processing_jobs
         where finished_at is not null group by 1 order by 1`,
      ),
      lost: [...undiscovered(staying, discovered), ...open.map(({ what }) => what)],
      doubled: doubled.map(({ what }) => what),
      unexplained: await number(
        `select count(*)::int as n from credit_transactions where kind = 'RELEASE' and coalesce(reason, '') = ''`,
      ),
      held: await number('select coalesce(sum(held), 0)::int as n from credit_wallets'),
      answers: model.answered,
      calls: model.calls,
      violations: (await rows<{ invariant: string; detail: string }>('select * from ledger_violations')).map(
        ({ invariant, detail }) => `${invariant}: ${detail}`,
      ),
    };
  });
}

/** What is still on its way; nothing when all is at rest. */
export function unrest(world: World): Promise<string[]> {
  return ask(world.ownerUrl, async (rows) => {
    const counted = await rows<{ what: string; n: number }>(
      `select 'mails ' || state as what, count(*)::int as n from processing_jobs where finished_at is null group by 1
       union all select 'syncs ' || state, count(*)::int from background_jobs where finished_at is null group by 1
       union all select 'runs that have not told their end', count(*)::int from background_jobs
         where kind = 'mailbox-sync' and finished_at is not null and settled_at is null
       union all select 'events to relay', count(*)::int from outbox_messages where published_at is null and dead_at is null
       union all select 'dead events', count(*)::int from outbox_messages where dead_at is not null and published_at is null
       union all select 'Stripe events', count(*)::int from stripe_events where processed_at is null
       union all select 'mails without a job', count(*)::int from email_discoveries d
         where not exists (select from processing_jobs j where j.email_id = d.id)
       union all select 'credits held', sum(held)::int from credit_wallets`,
    );
    return counted.filter(({ n }) => n > 0).map(({ what, n }) => `${n} ${what}`);
  });
}

/** How many mails of a person wait for credits. */
export function waitingOf(world: World, email: string): Promise<number> {
  return ask(world.ownerUrl, async (rows) => {
    const [row] = await rows<{ n: number }>(
      `select count(*)::int as n from processing_jobs j join users u on u.id = j.user_id
       where j.state = 'awaiting_credits' and u.email = $1`,
      [email],
    );
    return row?.n ?? 0;
  });
}

type Ask = <T extends object>(sql: string, values?: unknown[]) => Promise<T[]>;

async function ask<T>(ownerUrl: string, questions: (rows: Ask) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: ownerUrl, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined); // it may die under the question, which then fails
  await client.connect();
  try {
    return await questions(
      async <R extends object>(sql: string, values: unknown[] = []) =>
        (await client.query<R>(sql, values)).rows,
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

function undiscovered(staying: Person[], discovered: { email: string; ids: string[] }[]): string[] {
  return staying.flatMap(({ email, mails }) => {
    const known = new Set(discovered.filter((box) => box.email === email).flatMap(({ ids }) => ids));
    const missing = mails.filter((id) => !known.has(id));
    return missing.map((id) => `mail ${id} of ${email} was never discovered`);
  });
}
