import type { gmail_v1 } from '@googleapis/gmail';
import { gmailScopes } from '../oauth/scopes';
import { failure } from '../sdk-clients';
import { dayMs, gmailFixture, mail } from './gmail-fixture';
import type { Mailbox } from './mailbox';

const me = { userId: 'me' };

describe('Gmail threads, labels and history', () => {
  const fixture = gmailFixture();
  let gmail: gmail_v1.Gmail;
  let mailbox: Mailbox;
  beforeEach(() => {
    gmail = fixture.client(gmailScopes.modify);
    mailbox = fixture.mailbox;
  });

  describe('threads', () => {
    it('joins replies by reference and by subject', async () => {
      const [first, reply, other, bySubject] = mailbox.add([
        { raw: mail('Plan', ['Message-ID: <1@example.org>']) },
        {
          raw: mail('Re: Plan', [
            'Message-ID: <2@example.org>',
            'References: <0@example.org> <1@example.org>',
          ]),
        },
        { raw: mail('Plan', ['Message-ID: <3@example.org>']) },
        { raw: mail('AW: Plan', ['In-Reply-To: <2@example.org>']) },
      ]);
      expect([reply!.threadId, bySubject!.threadId]).toEqual([first!.id, first!.id]);
      expect(other!.threadId).toBe(other!.id);
      const { data } = await gmail.users.threads.get({ ...me, id: first!.id, format: 'minimal' });
      expect(data.messages!.map(({ id }) => id)).toEqual([first!.id, reply!.id, bySubject!.id]);
      expect((await failure(gmail.users.threads.get({ ...me, id: 'ffff' }))).status).toBe(404);
    });
  });

  describe('labels and changes', () => {
    it('lists, creates and counts labels', async () => {
      const created = await gmail.users.labels.create({ ...me, requestBody: { name: 'Inbrief/Done' } });
      expect(created.data).toMatchObject({ id: 'Label_1', type: 'user', labelListVisibility: 'labelShow' });
      mailbox.add([
        { raw: mail('a'), labels: ['Label_1', 'UNREAD'] },
        { raw: mail('b'), labels: ['Label_1'] },
      ]);
      expect((await gmail.users.labels.get({ ...me, id: 'Label_1' })).data).toMatchObject({
        messagesTotal: 2,
        messagesUnread: 1,
        threadsTotal: 2,
        threadsUnread: 1,
      });
      const { data } = await gmail.users.labels.list(me);
      expect(data.labels!.map(({ id }) => id)).toEqual(
        expect.arrayContaining(['INBOX', 'CATEGORY_UPDATES', 'Label_1']),
      );
      const again = failure(gmail.users.labels.create({ ...me, requestBody: { name: 'inbrief/done' } }));
      expect((await again).status).toBe(409);
    });

    it('modifies, trashes, untrashes and writes only real changes into history', async () => {
      const [message] = mailbox.add([{ raw: mail('a') }]);
      const id = message!.id;
      const startHistoryId = String(mailbox.history.current);
      const requestBody = { addLabelIds: ['STARRED', 'INBOX'], removeLabelIds: ['UNREAD', 'SPAM'] };
      const modified = await gmail.users.messages.modify({ ...me, id, requestBody });
      expect(modified.data).toEqual({ id, threadId: id, labelIds: ['INBOX', 'STARRED'] });
      expect((await gmail.users.messages.trash({ ...me, id })).data.labelIds).toEqual(['STARRED', 'TRASH']);
      expect((await gmail.users.messages.untrash({ ...me, id })).data.labelIds).toEqual(['STARRED']);
      const { data } = await gmail.users.history.list({ ...me, startHistoryId });
      const changes = data.history!.flatMap(({ labelsAdded, labelsRemoved }) => [
        ...(labelsAdded ?? []).map(({ labelIds }) => `+${labelIds!.join()}`),
        ...(labelsRemoved ?? []).map(({ labelIds }) => `-${labelIds!.join()}`),
      ]);
      expect(changes).toEqual(['+STARRED', '-UNREAD', '+TRASH', '-INBOX', '-TRASH']);
      expect((await gmail.users.messages.get({ ...me, id })).data.historyId).toBe(data.historyId);
    });

    it('modifies many and passes over those that are gone', async () => {
      const ids = mailbox.add([{ raw: mail('a') }, { raw: mail('b') }]).map((message) => message.id);
      const requestBody = { ids: [...ids, 'ffffffffffffffff'], removeLabelIds: ['INBOX'] };
      expect((await gmail.users.messages.batchModify({ ...me, requestBody })).status).toBe(204);
      expect((await gmail.users.messages.list({ ...me, labelIds: ['INBOX'] })).data.messages).toBeUndefined();
      const tooMany = { ids: Array.from({ length: 1_001 }, () => ids[0]!), addLabelIds: ['STARRED'] };
      expect((await failure(gmail.users.messages.batchModify({ ...me, requestBody: tooMany }))).status).toBe(
        400,
      );
    });

    it('refuses unknown and fixed labels', async () => {
      const [message] = mailbox.add([{ raw: mail('a') }]);
      for (const label of ['SENT', 'Label_9']) {
        const call = gmail.users.messages.modify({
          ...me,
          id: message!.id,
          requestBody: { addLabelIds: [label] },
        });
        expect((await failure(call)).body).toMatchObject({ error: { message: `Invalid label: ${label}` } });
      }
    });
  });

  describe('history.list', () => {
    it('tells arrivals, removals and label changes, in pages, under ids with gaps', async () => {
      const startHistoryId = String(mailbox.history.current);
      const messages = mailbox.add(Array.from({ length: 5 }, (_, index) => ({ raw: mail(`m${index}`) })));
      mailbox.delete(messages[0]!.id);
      const ids: number[] = [];
      let pageToken: string | undefined;
      let last: gmail_v1.Schema$ListHistoryResponse = {};
      do {
        last = (await gmail.users.history.list({ ...me, startHistoryId, maxResults: 2, pageToken })).data;
        ids.push(...last.history!.map(({ id }) => Number(id)));
        pageToken = last.nextPageToken ?? undefined;
      } while (pageToken);
      expect(ids).toHaveLength(6);
      expect(ids).toEqual(ids.toSorted((one, other) => one - other));
      expect(new Set(ids.map((id, index) => id - (ids[index - 1] ?? 0))).size).toBeGreaterThan(2);
      expect(last.historyId).toBe(String(mailbox.history.current));
      expect(last.history!.at(-1)!.messagesDeleted![0]!.message!.id).toBe(messages[0]!.id);
      const types = { historyTypes: ['messageAdded'], labelId: 'INBOX' };
      const added = await gmail.users.history.list({ ...me, startHistoryId, ...types });
      expect(added.data.history).toHaveLength(5);
      expect(added.data.history![0]!.messagesAdded![0]!.message).toEqual({
        id: messages[0]!.id,
        threadId: messages[0]!.threadId,
        labelIds: ['INBOX', 'UNREAD'],
      });
      const none = await gmail.users.history.list({ ...me, startHistoryId: last.historyId! });
      expect(none.data).toEqual({ historyId: last.historyId });
    });

    it('answers 404 for a cursor that is too old, expired or from the future', async () => {
      const ask = async (startHistoryId: number) =>
        (await failure(gmail.users.history.list({ ...me, startHistoryId: String(startHistoryId) }))).status;
      const before = mailbox.history.current;
      mailbox.add([{ raw: mail('a') }]);
      const between = mailbox.history.current;
      fixture.now += 8 * dayMs;
      gmail = fixture.client(gmailScopes.modify);
      mailbox.add([{ raw: mail('b') }]);
      expect(await ask(before)).toBe(404);
      expect(
        (await gmail.users.history.list({ ...me, startHistoryId: String(between) })).data.history,
      ).toHaveLength(1);
      expect(await ask(mailbox.history.current + 1)).toBe(404);
      const latest = mailbox.history.current;
      mailbox.history.expire();
      expect(await ask(latest)).toBe(404);
    });
  });
});
