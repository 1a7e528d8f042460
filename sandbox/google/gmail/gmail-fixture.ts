import type { gmail_v1 } from '@googleapis/gmail';
import { type RunningEmulator, startEmulator } from '../../emulator/emulator';
import { googleEmulator } from '../google-emulator';
import type { GoogleState } from '../google-state';
import { gmailClient } from '../sdk-clients';
import type { GoogleEmulatorOptions } from '../settings';
import type { Mailbox } from './mailbox';

export const dayMs = 86_400_000;

/** A fresh mailbox per test, and Google's own client signed in to it. */
export class GmailFixture {
  static readonly email = 'ann@example.com';
  static readonly start = Date.UTC(2026, 10, 20, 12);
  now = GmailFixture.start;
  google!: GoogleState;
  emulator!: RunningEmulator;

  get mailbox(): Mailbox {
    return this.google.addMailbox(GmailFixture.email);
  }

  client(...scopes: string[]): gmail_v1.Gmail {
    return gmailClient(this.emulator.url, this.google, GmailFixture.email, scopes);
  }
}

/** Starts one emulator for the surrounding `describe` and resets it before each test. */
export function gmailFixture(options: GoogleEmulatorOptions = {}): GmailFixture {
  const fixture = new GmailFixture();
  beforeAll(async () => {
    const accounts = [{ email: GmailFixture.email }];
    const definition = googleEmulator({ accounts, now: () => fixture.now, ...options });
    fixture.google = definition.google;
    fixture.emulator = await startEmulator(definition);
  });
  beforeEach(() => {
    fixture.now = GmailFixture.start;
    fixture.google.reset();
  });
  afterAll(() => fixture.emulator.close());
  return fixture;
}

/** A plain message from Bob Ray; `headers` go between its own. */
export function mail(subject: string, headers: string[] = [], body = 'Hello there.'): Buffer {
  const lines = [
    `Subject: ${subject}`,
    'From: Bob Ray <bob@example.org>',
    ...headers,
    'Content-Type: text/plain',
  ];
  return Buffer.from([...lines, '', body].join('\r\n'));
}
