import { GetReadingPreferences } from '../auth/contracts';
import { MailCleaner } from './mail-cleaner/mail-cleaner';
import { MailReader } from './mail-reader';

const fetched = {
  receivedAt: '2026-11-20T10:00:00.000Z',
  payload: {
    mimeType: 'text/plain',
    headers: [],
    body: { data: Buffer.from('Tea at five.').toString('base64url') },
  },
};

describe('a mail as the model is asked about it', () => {
  // Mutant: every mail summarised in its own language. Both lanes, at once and overnight, read mails through this.
  it.each(['de', 'auto'])('names the language its reader chose: %s', async (language) => {
    const reader = new MailReader(
      { MAIL_TEXT_TOKENS: 1_000 } as never,
      { readAsUser: (_user: string, work: () => unknown) => work() } as never,
      { listThread: () => [] } as never,
      {
        execute: (query: unknown) => (query instanceof GetReadingPreferences ? { language } : fetched),
      } as never,
      new MailCleaner(),
    );
    expect(await reader.read('u', 'e')).toMatchObject({ mail: { language, text: 'Tea at five.' } });
  });
});
