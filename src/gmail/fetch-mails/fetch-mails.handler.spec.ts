import type { UnitOfWork } from '../../kernel/database/unit-of-work';
import { FetchMails } from '../contracts/queries';
import type { GmailBatch } from '../google/gmail-batch';
import type { gmail_v1, GmailClient } from '../google/gmail-client';
import type { Mailboxes } from '../mailboxes';
import type { MailPlace, WalksRepository } from '../walks.repository';
import { FetchMailsHandler } from './fetch-mails.handler';

const known = new Date('2026-01-02T03:04:05Z');
const place: MailPlace = {
  gmailMessageId: 'm',
  gmailThreadId: 't',
  revision: 1,
  connection: { id: 'c', googleSubject: 's' } as MailPlace['connection'],
  receivedAt: known,
};
const detached = {
  mimeType: 'text/plain',
  filename: '',
  body: { size: 4_500_000, attachmentId: 'a' },
};

/** Mails that lie elsewhere than the first. */
const elsewhere: Record<string, Partial<MailPlace>> = {
  'e-2': { gmailMessageId: 'm-2' },
  'e-of-another-mailbox': { connection: { id: 'c-2', googleSubject: 's' } as MailPlace['connection'] },
};

interface Given {
  stored?: MailPlace | undefined;
  text?: gmail_v1.Schema$MessagePartBody;
}

/** The handler between what is stored and a Gmail that answers as told. */
function arrange(message: gmail_v1.Schema$Message, { stored, text = {} }: Given = { stored: place }) {
  const uow = { readAsUser: <T>(_userId: string, work: () => T) => work() } as unknown as UnitOfWork;
  const client = {
    message: jest.fn().mockResolvedValue(message),
    attachment: jest.fn().mockResolvedValue(text),
  };
  const batch = { messages: jest.fn().mockResolvedValue(new Map([['m', message]])) };
  const located = (ids: string[]) =>
    new Map(stored ? ids.map((id) => [id, { ...stored, ...elsewhere[id] }]) : []);
  const handler = new FetchMailsHandler(
    uow,
    {
      locate: (_userId: string, ids: string[]) => Promise.resolve(located(ids)),
    } as unknown as WalksRepository,
    { open: () => 'box' } as unknown as Mailboxes,
    client as unknown as GmailClient,
    batch as unknown as GmailBatch,
  );
  const fetchAll = async (...emailIds: string[]) => {
    const mails = await handler.execute(new FetchMails('u', emailIds));
    return emailIds.map((emailId) => mails.get(emailId)!);
  };
  return { client, batch, fetchAll, fetch: async () => (await fetchAll('e'))[0]! };
}

describe('fetching mails', () => {
  it('answers what Gmail has of it now', async () => {
    const { fetch } = arrange({
      threadId: 't2',
      labelIds: ['INBOX'],
      internalDate: '1000',
      payload: { partId: '0' },
    });
    expect(await fetch()).toMatchObject({
      connectionId: 'c',
      gmailMessageId: 'm',
      gmailThreadId: 't2',
      labels: ['INBOX'],
      receivedAt: '1970-01-01T00:00:01.000Z',
      payload: { partId: '0' },
    });
  });

  it('answers what was known where Gmail leaves it out', async () => {
    expect(await arrange({}).fetch()).toMatchObject({
      gmailThreadId: 't',
      labels: [],
      receivedAt: known.toISOString(),
    });
  });

  it('takes a mail of no known date as new', async () => {
    const before = Date.now();
    const { receivedAt } = await arrange({}, { stored: { ...place, receivedAt: null } }).fetch();
    expect(Date.parse(receivedAt)).toBeGreaterThanOrEqual(before);
  });

  it.each([
    [
      { data: 'aGVq', size: 3 },
      { data: 'aGVq', size: 3 },
    ],
    [
      { data: null, size: null },
      { data: undefined, size: 4_500_000 },
    ],
  ])('fills in text that Gmail keeps apart: %j', async (text, body) => {
    const { client, fetch } = arrange({ payload: detached }, { stored: place, text });
    expect((await fetch()).payload.body).toEqual({ attachmentId: 'a', ...body });
    expect(client.attachment).toHaveBeenCalledWith('box', 'm', 'a');
  });

  // Mutants: each mail asked for by itself; what the batch did not bring answered with another mail, or with nothing.
  it('asks for mails of one mailbox in one call, and alone for what that did not bring', async () => {
    const { client, batch, fetchAll } = arrange({ threadId: 'in the batch' });
    client.message.mockResolvedValue({ threadId: 'alone' });
    const mails = await Promise.all(await fetchAll('e', 'e-2'));
    expect(mails.map(({ gmailThreadId }) => gmailThreadId)).toEqual(['in the batch', 'alone']);
    expect(batch.messages.mock.calls).toEqual([['box', ['m', 'm-2']]]);
    expect(client.message.mock.calls).toEqual([['box', 'm-2']]);
  });

  // Mutant: mails gathered by Google's account; one user's token would then fetch what another has asked for.
  it('asks for a mail by itself where no other of its mailbox is asked for', async () => {
    const { client, batch, fetchAll } = arrange({});
    await Promise.all(await fetchAll('e', 'e-of-another-mailbox'));
    expect(client.message).toHaveBeenCalledTimes(2);
    expect(batch.messages).not.toHaveBeenCalled();
  });

  // Mutant: mails that come together; the one that fails would take the others along, or keep them waiting.
  it('gives each mail as soon as it is there', async () => {
    const { client, fetchAll } = arrange({ threadId: 'in the batch' });
    client.message.mockReturnValue(new Promise(() => undefined));
    const [first] = await fetchAll('e', 'e-2');
    expect(await first).toMatchObject({ gmailThreadId: 'in the batch' });
  });

  it('fails each mail of a call that fails', async () => {
    const { batch, fetchAll } = arrange({});
    batch.messages.mockRejectedValue(new Error('Google is out'));
    const mails = await Promise.allSettled(await fetchAll('e', 'e-2'));
    expect(mails.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('knows no mail that nobody found, and asks Gmail nothing', async () => {
    const { client, fetch } = arrange({}, { stored: undefined });
    await expect(fetch()).rejects.toMatchObject({ kind: 'not-found', code: 'gmail.email-unknown' });
    expect(client.message).not.toHaveBeenCalled();
  });
});
