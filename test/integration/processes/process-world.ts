import { Api } from '../../../sandbox/demo/api';
import { balanceOf, consent, register, until } from '../../../sandbox/demo/journey';
import { fillMailbox } from '../../../sandbox/demo/mailbox';
import type { TestApp } from '../../support/app';

const password = 'correct-horse-battery-staple';

/** A user whose mailbox holds a mail with each of these subjects, newest first, and who has been welcomed with credits. */
export async function arriveWithMails(
  product: TestApp,
  subjects: string[],
  email = 'ada@example.com',
): Promise<Api> {
  const mails = subjects.map((subject, place) => ({
    raw: Buffer.from(
      `From: Bo <bo@example.org>\r\nTo: ${email}\r\nSubject: ${subject}\r\nMessage-ID: <${place}.${email}>\r\n\r\nPlease read the note of number ${place} before Friday.\r\n`,
    ),
    internalDate: Date.parse('2026-11-20T10:00:00Z') - place * 60_000,
  }));
  await fillMailbox(product.google.url, email, mails);
  const api = new Api(product.url);
  await consent(await register(api, { email, password }), email, product.url);
  return api;
}

/** Waits until the welcome credits are there, and reads the mailbox. */
export async function syncOnceWelcomed(api: Api): Promise<void> {
  await until(async () => (await balanceOf(api)).granted > 0, 'the welcome credits');
  await api.post('/api/gmail/sync', {});
}

/** Waits until no mail has anything before it, and no credit is held. */
export async function allEnded(product: TestApp, api: Api, mails: number, timeoutMs: number): Promise<void> {
  const ended = async () =>
    (await rowsOf(product, 'processing_jobs where finished_at is not null')) === mails;
  await until(ended, 'every mail to end', timeoutMs);
  await until(async () => (await balanceOf(api)).held === 0, 'the last credit', timeoutMs);
}

/** How many rows `what` (a table, with its conditions) has. */
export async function rowsOf(product: TestApp, what: string): Promise<number> {
  return (await product.sql<{ n: number }>(`select count(*)::int as n from ${what}`))[0]?.n ?? 0;
}
