import { v7 as uuidv7 } from 'uuid';

type Sql = (text: string, values?: unknown[]) => Promise<unknown>;

/** Rows that a discovered mail needs, written as superuser. */
export interface Mailbox {
  userId: string;
  connectionId: string;
  /** Discovers so many mails and answers their ids, newest first. */
  discover(count: number): Promise<string[]>;
}

/** A user with one connected mailbox. */
export async function arrangeMailbox(sql: Sql): Promise<Mailbox> {
  const userId = uuidv7();
  const connectionId = uuidv7();
  await sql(`insert into users (id, email, name) values ($1, $2, 'Someone')`, [
    userId,
    `${userId}@example.com`,
  ]);
  await sql(
    `insert into gmail_connections (id, user_id, google_subject, email_address, status, refresh_token_cipher)
     values ($1, $2, $3, $4, 'connected', '\\x00')`,
    [connectionId, userId, userId, `${userId}@gmail.example`],
  );
  return { userId, connectionId, discover: (count) => discover(sql, userId, connectionId, count) };
}

async function discover(sql: Sql, userId: string, connectionId: string, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => uuidv7());
  await sql(
    `insert into email_discoveries (id, user_id, connection_id, gmail_message_id, gmail_thread_id, received_at)
     select id, $2, $3, id::text, id::text, now() - place * interval '1 minute'
     from unnest($1::uuid[]) with ordinality as mail (id, place)`,
    [ids, userId, connectionId],
  );
  return ids;
}
