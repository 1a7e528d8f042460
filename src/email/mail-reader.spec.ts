import { GetReadingPreferences } from '../auth/contracts';
import { FetchMails } from '../gmail/contracts';
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
      { listThreads: () => [] } as never,
      {
        execute: (query: unknown) =>
          query instanceof GetReadingPreferences ? { language } : new Map([['e', Promise.resolve(fetched)]]),
      } as never,
      new MailCleaner(),
    );
    expect(await reader.read('u', 'e')).toMatchObject({ mail: { language, text: 'Tea at five.' } });
  });

  // Mutants: mails of one moment looked up one by one; a thread's earlier summaries put beside another mail; one failure for all.
  it('is looked up together with others of the moment, and is one by itself', async () => {
    const said = (emailId: string) => ({
      emailId,
      receivedAt: new Date(0),
      sender: 'Bo',
      headline: emailId,
      summary: '',
    });
    const outcomes: Record<string, Promise<unknown>> = {
      a: Promise.resolve(fetched),
      b: Promise.reject(new Error('gone')),
      c: Promise.resolve(fetched),
    };
    outcomes.b?.catch(() => undefined);
    const fetchMails = jest.fn((ids: readonly string[]) => new Map(ids.map((id) => [id, outcomes[id]])));
    const reader = new MailReader(
      { MAIL_TEXT_TOKENS: 1_000 } as never,
      { readAsUser: (_user: string, work: () => unknown) => work() } as never,
      { listThreads: (ids: string[]) => ids.map(said) } as never,
      {
        execute: (query: FetchMails | GetReadingPreferences) =>
          query instanceof FetchMails ? fetchMails(query.emailIds) : { language: 'auto' },
      } as never,
      new MailCleaner(),
    );
    const [a, b, c] = await Promise.allSettled(['a', 'b', 'c'].map((id) => reader.read('u', id)));
    expect(fetchMails.mock.calls).toEqual([[['a', 'b', 'c']]]);
    expect(a).toMatchObject({ value: { mail: { thread: [{ headline: 'a' }] } } });
    expect(b).toMatchObject({ reason: { message: 'gone' } });
    expect(c).toMatchObject({ value: { mail: { thread: [{ headline: 'c' }] } } });
  });
});
