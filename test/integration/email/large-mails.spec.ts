import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { messageView } from '../../../sandbox/google/gmail/message-view';
import { StoredMessage } from '../../../sandbox/google/gmail/stored-message';
import { loadEmlDirectory } from '../../../sandbox/google/mailbox-loader';
import { cleanGmailMail, type GmailPayload } from '../../../src/email/cleaning';
import { MailCleaner } from '../../../src/email/mail-cleaner/mail-cleaner';

const root = resolve(__dirname, '../../..');
const corpus = resolve(root, '../shared/corpus/mail/messages');
const folders: [name: string, folder: string][] = [['sample', join(root, 'sandbox/inbox')]];
if (existsSync(corpus)) folders.push(['mail of the corpus', corpus]);
else process.stderr.write(`large-mails.spec: samples only, there is no mail corpus at ${corpus}\n`);

function payloadsOf(folder: string): [name: string, payload: GmailPayload][] {
  return loadEmlDirectory(folder).map(({ name, raw, internalDate }) => {
    const message = new StoredMessage(name, raw, internalDate, new Set());
    return [
      name,
      messageView(message, { format: 'full', metadataHeaders: [], largeTextBytes: 1e9 }).payload!,
    ];
  });
}

const base64 = (text: string): string => Buffer.from(text).toString('base64url');

/** Large enough for the thread by what nobody reads. */
const enlarged = (payload: GmailPayload): GmailPayload => ({
  ...payload,
  parts: [
    ...(payload.parts ?? []),
    { mimeType: 'application/x-ballast', filename: 'ballast', body: { data: base64('x'.repeat(50_000)) } },
  ],
});

const megabytes = (count: number): GmailPayload => ({
  mimeType: 'text/html',
  headers: [{ name: 'Subject', value: 'Long' }],
  body: {
    data: base64(
      '<p>A <b>long</b> letter with a <a href="https://x.org/">link</a>.</p>'.repeat(count * 15_000),
    ),
  },
});

describe('large mails', () => {
  const cleaner = new MailCleaner();
  afterAll(() => cleaner.onModuleDestroy());

  // Mutant: an answer of the thread that went through JSON (dates become strings).
  it.each(folders)('come out of the thread as they do in place: every %s', async (_name, folder) => {
    const payloads = payloadsOf(folder);
    expect(payloads.length).toBeGreaterThan(10);
    for (const [name, payload] of payloads) {
      const mail = enlarged(payload);
      expect({ name, ...(await cleaner.clean(mail)) }).toStrictEqual({ name, ...cleanGmailMail(mail) });
    }
  });

  // Mutant: cleaned in place, during which no timer fires.
  it('are cleaned while everything else goes on', async () => {
    let ticks = 0;
    const timer = setInterval(() => (ticks += 1), 1);
    const { kind, notes } = await cleaner.clean(megabytes(5));
    const during = ticks;
    clearInterval(timer);
    expect(during).toBeGreaterThan(0);
    expect({ kind, notes }).toEqual({ kind: 'text', notes: ['truncated'] });
  });

  it('fail under a code where their thread is gone, and hold no stop up', async () => {
    const stopping = new MailCleaner();
    const cleaning = stopping.clean(megabytes(5));
    const failed = expect(cleaning).rejects.toMatchObject({
      code: 'email.cleaning-failed',
      kind: 'internal',
    });
    await stopping.onModuleDestroy();
    await failed;
  });
});
