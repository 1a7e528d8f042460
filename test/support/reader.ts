import { Api } from '../../sandbox/demo/api';
import { balanceOf, consent, register, until } from '../../sandbox/demo/journey';
import { fillMailbox } from '../../sandbox/demo/mailbox';
import type { TestApp } from './app';

let readers = 0;

/** A user with a connected mailbox. */
export interface Reader {
  api: Api;
  email: string;
  userId: string;
}

/** A short mail that the emulated model can be told about by its number. */
export function noteMail(index: number): { raw: Buffer; internalDate: number } {
  return {
    raw: Buffer.from(
      `From: Bo <bo@example.org>\r\nTo: x@example.com\r\nSubject: Note ${index}\r\nMessage-ID: <${index}.${Math.random()}@example.org>\r\n\r\nPlease read note number ${index} before Friday.\r\n`,
    ),
    internalDate: Date.parse('2026-11-20T10:00:00Z') - index * 60_000,
  };
}

/** Registers somebody new with a mailbox of so many notes, and waits for their welcome credits. */
export async function arrangeReader(product: TestApp, mails: number): Promise<Reader> {
  readers += 1;
  const email = `reader${readers}@example.com`;
  const notes = Array.from({ length: mails }, (_, index) => noteMail(index));
  await fillMailbox(product.google.url, email, notes);
  const api = new Api(product.url);
  const consentUrl = await register(api, { email, password: 'correct-horse-battery-staple' });
  await consent(consentUrl, email, product.url);
  const [user] = await product.sql<{ id: string }>('select id from users where email = $1', [email]);
  if (!user) throw new Error(`${email} was not registered`);
  await until(async () => (await balanceOf(api)).granted > 0, 'the welcome credits');
  return { api, email, userId: user.id };
}
