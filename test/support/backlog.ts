import { v7 as uuidv7 } from 'uuid';
import { orderMail } from './order-mail';

type Sql = <T extends object>(text: string, values?: unknown[]) => Promise<T[]>;

const minute = 60_000;
const batchSize = 500;

/** A mailbox of Google's emulator whose owner is a user of the product. */
export interface Owner {
  google: string;
  email: string;
}

/** Puts so many short letters into an existing mailbox, newest first, each of them worth a summary; answers their ids at Google. */
export async function sendLetters({ google, email }: Owner, count: number): Promise<string[]> {
  const now = Date.now();
  const ids: string[] = [];
  for (let start = 0; start < count; start += batchSize) {
    const letters = Array.from({ length: Math.min(batchSize, count - start) }, (_, place) => ({
      raw: orderMail(email, start + place).toString('base64'),
      internalDate: now - (start + place) * minute,
    }));
    const answer = await fetch(`${google}/__control/mailboxes/${encodeURIComponent(email)}/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(letters),
    });
    if (!answer.ok) throw new Error(`Google's emulator answered ${answer.status}: ${await answer.text()}`);
    ids.push(...((await answer.json()) as { ids: string[] }).ids);
  }
  return ids;
}

/**
 * Gives a user with a connected mailbox so many mails that are paid for and wait for their turn: mails at Google, and the rows that
 * a walk and the ledger's own functions would have left, all at once.
 */
export async function queueBacklog(sql: Sql, owner: Owner, mails: number): Promise<void> {
  const messages = await sendLetters(owner, mails);
  const [user] = await sql<{ id: string; connection: string }>(
    `select u.id, c.id as connection from users u join gmail_connections c on c.user_id = u.id where u.email = $1`,
    [owner.email],
  );
  if (!user) throw new Error(`${owner.email} has no mailbox`);
  const ids = messages.map(() => uuidv7());
  await grant(sql, owner.email, mails);
  await sql(
    `insert into email_discoveries (id, user_id, connection_id, gmail_message_id, gmail_thread_id, received_at)
     select id, $3, $4, message, message, now() - place * interval '1 minute'
     from unnest($1::uuid[], $2::text[]) with ordinality as mail (id, message, place)`,
    [ids, messages, user.id, user.connection],
  );
  await sql(
    `insert into processing_jobs (id, user_id, email_id, connection_id, state, received_at, held_at)
     select gen_random_uuid(), d.user_id, d.id, d.connection_id, 'queued', d.received_at, now()
     from ledger_hold($1, $2, $3, interval '7 days') as held (email_id) join email_discoveries d on d.id = held.email_id`,
    [user.id, ids, ids.map(() => uuidv7())],
  );
  await sql('analyze processing_jobs, email_discoveries, credit_holds, credit_transactions');
}

/** Gives a user so many credits that nobody paid for, so that they keep the class of one who bought none. */
export async function grant(sql: Sql, email: string, credits: number): Promise<void> {
  await sql(`select ledger_grant(id, $2, 'promotion', $3, $4) from users where email = $1`, [
    email,
    uuidv7(),
    uuidv7(),
    credits,
  ]);
}
