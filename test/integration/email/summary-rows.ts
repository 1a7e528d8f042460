import { CommandBus } from '@nestjs/cqrs';
import { v7 as uuidv7 } from 'uuid';
import { CaptureCredits, GrantCredits, HoldCredits } from '../../../src/billing/contracts';
import type { TestApp } from '../../support/app';

/** What a test says about a stored summary; the rest is ordinary. */
export interface SummaryRow {
  subject?: string;
  sender?: string;
  receivedAt?: string;
  headline?: string;
  summary?: string;
  keyPoints?: string[];
  actionItems?: { task: string; dueDate: string | null }[];
  category?: string;
  urgency?: string;
  labels?: string[];
}

/** Connects one more mailbox to a user, as superuser, and answers its id. */
export async function connectMailbox({ sql }: Pick<TestApp, 'sql'>, userId: string): Promise<string> {
  const connectionId = uuidv7();
  await sql(
    `insert into gmail_connections (id, user_id, google_subject, email_address, status, refresh_token_cipher)
     values ($1::uuid, $2, $1::text, $1::text || '@gmail.example', 'connected', '\\x00')`,
    [connectionId, userId],
  );
  return connectionId;
}

/** Stores summaries as superuser and answers their ids in order. */
export async function storeSummaries(
  { sql }: Pick<TestApp, 'sql'>,
  userId: string,
  connectionId: string,
  rows: SummaryRow[],
): Promise<string[]> {
  const ids: string[] = [];
  for (const [index, row] of rows.entries()) {
    const [id, emailId] = [uuidv7(), uuidv7()];
    const at = row.receivedAt ?? new Date(Date.UTC(2026, 10, 20, 10) - index * 60_000).toISOString();
    await sql(
      `insert into email_discoveries (id, user_id, connection_id, gmail_message_id, gmail_thread_id, labels, received_at)
       values ($1::uuid, $2, $3, $1::text, $1::text, $4, $5)`,
      [emailId, userId, connectionId, row.labels ?? ['INBOX'], at],
    );
    await sql(
      `insert into email_summaries (id, user_id, email_id, connection_id, gmail_message_id, gmail_thread_id, subject, sender,
         received_at, headline, summary, key_points, action_items, category, urgency, language, confidence, model,
         prompt_version, input_tokens, output_tokens, cost_micros)
       values ($1, $2, $3::uuid, $4, $3::text, $3::text, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'en', 0.9, 'm', 'p', 10, 5, 7)`,
      [
        id,
        userId,
        emailId,
        connectionId,
        row.subject ?? 'A subject',
        row.sender ?? 'Bo <bo@example.org>',
        at,
        row.headline ?? 'A headline',
        row.summary ?? 'A summary.',
        JSON.stringify(row.keyPoints ?? []),
        JSON.stringify(row.actionItems ?? []),
        row.category ?? 'work',
        row.urgency ?? 'normal',
      ],
    );
    ids.push(id);
  }
  return ids;
}

/** Makes a user's stored summaries ones that were worked for and paid, so that the books balance with them. */
export async function chargeSummaries(
  { app, sql }: Pick<TestApp, 'app' | 'sql'>,
  userId: string,
): Promise<void> {
  const commands = app.get(CommandBus);
  const jobs = await sql<{ emailId: string }>(
    `insert into processing_jobs (id, user_id, email_id, connection_id, state, finished_at)
     select email_id, user_id, email_id, connection_id, 'done', now() from email_summaries where user_id = $1
     returning email_id as "emailId"`,
    [userId],
  );
  const emailIds = jobs.map(({ emailId }) => emailId);
  await commands.execute(new GrantCredits(userId, 'promotion', userId, emailIds.length));
  await commands.execute(new HoldCredits(userId, emailIds));
  await commands.execute(new CaptureCredits(userId, emailIds));
}
