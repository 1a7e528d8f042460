import type { UnitOfWork } from '../../kernel/database/unit-of-work';
import { FetchMail } from '../contracts/queries';
import type { gmail_v1, GmailClient } from '../google/gmail-client';
import type { Mailboxes } from '../mailboxes';
import type { MailPlace, WalksRepository } from '../walks.repository';
import { FetchMailHandler } from './fetch-mail.handler';

const known = new Date('2026-01-02T03:04:05Z');
const place: MailPlace = {
  gmailMessageId: 'm',
  gmailThreadId: 't',
  connection: { id: 'c', googleSubject: 's' } as MailPlace['connection'],
  receivedAt: known,
};
const detached = {
  mimeType: 'text/plain',
  filename: '',
  body: { size: 4_500_000, attachmentId: 'a' },
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
  const handler = new FetchMailHandler(
    uow,
    { locate: () => Promise.resolve(stored) } as unknown as WalksRepository,
    { open: () => 'box' } as unknown as Mailboxes,
    client as unknown as GmailClient,
  );
  return { client, fetch: () => handler.execute(new FetchMail('u', 'e')) };
}

describe('fetching a mail', () => {
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

  it('knows no mail that nobody found, and asks Gmail nothing', async () => {
    const { client, fetch } = arrange({}, { stored: undefined });
    await expect(fetch()).rejects.toMatchObject({ kind: 'not-found', code: 'gmail.email-unknown' });
    expect(client.message).not.toHaveBeenCalled();
  });
});
