import type { ClientBase, Pool } from 'pg';
import { v7 as uuidv7 } from 'uuid';

type Connection = ClientBase | Pool;

/** One broken invariant, as `ledger_violations` tells it. */
export interface Violation {
  invariant: string;
  subject: string;
  detail: string;
}

/** Every broken invariant of the database. */
export async function violationsOf(db: Connection): Promise<Violation[]> {
  const { rows } = await db.query<Violation>('select * from ledger_violations order by 1, 2');
  return rows;
}

/** A user with a connected mailbox and `mails` discovered e-mails, none of them queued yet. */
export async function seedMailbox(
  db: Connection,
  mails: number,
): Promise<{ userId: string; emailIds: string[] }> {
  const userId = uuidv7();
  const connectionId = uuidv7();
  const emailIds = Array.from({ length: mails }, () => uuidv7());
  await db.query(`insert into users (id, email, name) values ($1, $2, 'Ledger Tester')`, [
    userId,
    `${userId}@example.com`,
  ]);
  await db.query(
    `insert into gmail_connections (id, user_id, google_subject, email_address, status) values ($1, $2, $3, $4, 'paused')`,
    [connectionId, userId, `sub-${userId}`, `${userId}@example.com`],
  );
  await db.query(
    `insert into email_discoveries (id, user_id, connection_id, gmail_message_id, gmail_thread_id)
     select id, $2, $3, id::text, id::text from unnest($1::uuid[]) id`,
    [emailIds, userId, connectionId],
  );
  return { userId, emailIds };
}

/**
 * Brings jobs and summaries in line with what the ledger says of these e-mails, as the pipeline would have: held -> queued,
 * captured -> summarised and done, released -> failed, never held -> awaiting credits.
 */
export async function recordOutcomes(db: Connection, emailIds: string[]): Promise<void> {
  await db.query('delete from processing_jobs where email_id = any($1)', [emailIds]);
  await db.query(
    `insert into processing_jobs (id, user_id, email_id, connection_id, state, reason_code, finished_at)
     select e.id, e.user_id, e.id, e.connection_id, c.state, case c.state when 'failed' then 'test.failed' end,
       case when c.state in ('done', 'failed') then now() end
     from email_discoveries e cross join lateral (
       select coalesce(min(case h.state when 'captured' then '1done' when 'held' then '2queued' else '3failed' end),
         '4awaiting_credits') as ranked
       from credit_holds h where h.email_id = e.id) r
     cross join lateral (select substr(r.ranked, 2) as state) c
     where e.id = any($1)`,
    [emailIds],
  );
  await db.query(
    `insert into email_summaries (id, user_id, email_id, connection_id, gmail_message_id, gmail_thread_id, subject, sender,
       received_at, headline, summary, category, urgency, language, confidence, model, prompt_version, input_tokens,
       output_tokens, cost_micros)
     select e.id, e.user_id, e.id, e.connection_id, e.gmail_message_id, e.gmail_thread_id, 's', 'a@example.com', now(), 'h', 's',
       'other', 'normal', 'en', 1, 'test', '1', 1, 1, 1
     from email_discoveries e join processing_jobs j on j.email_id = e.id and j.state = 'done'
     where e.id = any($1) on conflict (email_id) do nothing`,
    [emailIds],
  );
}

/** A payment of `credits` that Stripe has settled; its id is the source reference of its grant. */
export async function seedPaidPayment(
  db: Connection,
  userId: string,
  credits: number,
  id = uuidv7(),
): Promise<string> {
  await db.query(
    `insert into stripe_payments (id, user_id, package_id, credits, amount_minor, currency, status, paid_at)
     values ($1, $2, 'test', $3, 1000, 'eur', 'paid', now())`,
    [id, userId, credits],
  );
  return id;
}
