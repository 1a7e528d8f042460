import type { gmail_v1 } from '@googleapis/gmail';
import { gmailScopes } from '../oauth/scopes';
import { failure } from '../sdk-clients';
import { dayMs, GmailFixture, gmailFixture, mail } from './gmail-fixture';
import type { Mailbox } from './mailbox';

const { start } = GmailFixture;
const me = { userId: 'me' };

describe('Gmail', () => {
  const fixture = gmailFixture();
  let gmail: gmail_v1.Gmail;
  let mailbox: Mailbox;
  beforeEach(() => {
    gmail = fixture.client(gmailScopes.modify);
    mailbox = fixture.mailbox;
  });

  const subjects = async (parameters: gmail_v1.Params$Resource$Users$Messages$List): Promise<string[]> => {
    const { data } = await gmail.users.messages.list({ ...me, ...parameters });
    return (data.messages ?? []).map(({ id }) => mailbox.find(id!)!.header('subject')!);
  };

  describe('messages.list', () => {
    it('lists newest first and never loses or repeats a mail while the mailbox changes between pages', async () => {
      const [first] = mailbox.add(
        Array.from({ length: 25 }, (_, index) => ({ raw: mail(`m${index}`), internalDate: start + index })),
      );
      const seen: string[] = [];
      let pageToken: string | undefined;
      do {
        const { data } = await gmail.users.messages.list({ ...me, maxResults: 10, pageToken });
        expect(data.resultSizeEstimate).toBe(25);
        seen.push(...(data.messages ?? []).map(({ id }) => mailbox.find(id!)!.header('subject')!));
        if (!pageToken) mailbox.delete(data.messages!.at(-1)!.id!);
        if (!pageToken) mailbox.add([{ raw: mail('late'), internalDate: start + 100 }]);
        pageToken = data.nextPageToken ?? undefined;
      } while (pageToken);
      expect(seen).toEqual(Array.from({ length: 25 }, (_, index) => `m${24 - index}`));
      expect(first!.id).toMatch(/^[0-9a-f]{16}$/);
    });

    it('answers an empty mailbox without a list', async () => {
      expect((await gmail.users.messages.list(me)).data).toEqual({ resultSizeEstimate: 0 });
    });

    it('searches', async () => {
      mailbox.labels.create({ name: 'Big Client' });
      mailbox.add([
        { raw: mail('old'), internalDate: start - 40 * dayMs },
        { raw: mail('own'), internalDate: start - 5 * dayMs },
        { raw: mail('promo'), labels: ['INBOX', 'CATEGORY_PROMOTIONS'], internalDate: start - 4 * dayMs },
        { raw: mail('spam'), labels: ['SPAM'], internalDate: start - 3 * dayMs },
        { raw: mail('trash'), labels: ['TRASH'], internalDate: start - 2 * dayMs },
        {
          raw: mail('client', ['Message-ID: <c1@example.org>']),
          labels: ['Label_1'],
          internalDate: start - dayMs,
        },
        {
          raw: Buffer.from('From: ann@example.com\r\nSubject: sent\r\n\r\nx'),
          labels: ['SENT'],
          internalDate: start,
        },
      ]);
      const found = async (q: string) => (await subjects({ q })).join(' ');
      expect(await found('')).toBe('sent client promo own old');
      expect(await found('newer_than:3d')).toBe('sent client');
      expect(await found('older_than:1m')).toBe('old');
      expect(await found(`after:${start / 1000 - 86_400} before:${start / 1000}`)).toBe('client');
      // 2026/11/16 begins at 08:00 UTC for Gmail, which reads dates in Pacific time.
      expect(await found('before:2026/11/16')).toBe('own old');
      expect(await found('in:inbox -category:promotions')).toBe('own old');
      expect(await found('category:promotions')).toBe('promo');
      expect(await found('category:primary in:inbox')).toBe('own old');
      expect(await found('is:unread')).toBe('own old');
      expect(await found('label:big-client')).toBe('client');
      expect(await found('in:spam')).toBe('spam');
      expect(await found('in:anywhere -in:inbox -from:me')).toBe('client trash spam');
      expect(await found('from:"bob ray" -{in:inbox in:sent}')).toBe('client');
      expect(await found('subject:promo OR subject:old')).toBe('promo old');
      expect(await found('(subject:promo OR subject:old) is:unread')).toBe('old');
      expect(await found('rfc822msgid:c1@example.org')).toBe('client');
      expect(await found('rfc822msgid:<C1@example.org>')).toBe('client');
      expect(await found('hello -promo -old -own -sent')).toBe('client');
      expect(await found('nonsense:value')).toBe('');
      expect(await subjects({ labelIds: ['INBOX', 'UNREAD'] })).toEqual(['own', 'old']);
      expect(await subjects({ includeSpamTrash: true, maxResults: 3 })).toEqual(['sent', 'client', 'trash']);
    });

    it('refuses a page token, count or label of its own making', async () => {
      for (const wrong of [
        { pageToken: 'made up' },
        { maxResults: 'ten' as unknown as number },
        { labelIds: ['NONE'] },
      ]) {
        expect((await failure(gmail.users.messages.list({ ...me, ...wrong }))).status).toBe(400);
      }
    });
  });
});
