import { Api } from '../../sandbox/demo/api';
import { fillMailbox } from '../../sandbox/demo/mailbox';
import { Inbrief, memoryTokens } from '../../sdk/src';
import type { TestApp } from './app';
import { joinAs, welcomed } from './sdk-journey';

let readers = 0;

/** A user with a connected mailbox. */
export interface Reader {
  inbrief: Inbrief;
  /** The same API without the SDK, as the same user. */
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
  const tokens = memoryTokens();
  const inbrief = new Inbrief({ baseUrl: product.url, tokens });
  const userId = await joinAs(inbrief, { email, password: 'correct-horse-battery-staple' }, product.url);
  const api = new Api(product.url);
  api.signIn((await tokens.load())?.accessToken ?? '');
  await welcomed(inbrief);
  return { inbrief, api, email, userId };
}
