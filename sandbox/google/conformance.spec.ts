import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { discoveryValidators, specsPresent } from './discovery-schemas';
import { GmailFixture, gmailFixture, mail } from './gmail/gmail-fixture';
import { loadEmlDirectory } from './mailbox-loader';
import { gmailScopes } from './oauth/scopes';
import { sandboxClient } from './settings';

const corpus = resolve(__dirname, '../../../shared/corpus/mail/messages');
const present = specsPresent() && existsSync(corpus);

(present ? describe : describe.skip)('the emulator agrees with the vendor description', () => {
  const fixture = gmailFixture({ largeTextBytes: 100_000 });
  let bearer: string;
  beforeEach(() => {
    const { tokens } = fixture.google;
    const scopes = ['openid', gmailScopes.full];
    bearer = `Bearer ${tokens.mint(sandboxClient.clientId, GmailFixture.email, scopes).access.token}`;
  });

  const call = async (path: string, body?: unknown): Promise<Record<string, unknown>> => {
    const headers = { authorization: bearer, 'content-type': 'application/json' };
    const init = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
    const response = await fetch(fixture.emulator.url + path, init);
    expect(response.ok).toBe(true);
    return (await response.json()) as Record<string, unknown>;
  };
  const gmail = (path: string, body?: unknown) => call(`/gmail/v1/users/me${path}`, body);
  const expectSchema = (
    schemas: ReturnType<typeof discoveryValidators>,
    name: string,
    answer: unknown,
  ): void => {
    const validate = schemas(name);
    validate(answer);
    expect([name, validate.errors]).toEqual([name, null]);
  };

  it('in the answer of every Gmail method', async () => {
    const schemas = discoveryValidators('gmail.v1.json');
    const startHistoryId = fixture.mailbox.history.current;
    const raw = mail('a', ['Content-Disposition: attachment; filename=a.txt']);
    const [first, second] = fixture.mailbox.add([{ raw }, { raw: mail('b') }, { raw: mail('c') }]);
    fixture.mailbox.delete(second!.id);
    const { id } = first!;
    const modified = await gmail(`/messages/${id}/modify`, {
      addLabelIds: ['STARRED'],
      removeLabelIds: ['UNREAD'],
    });
    const full = (await gmail(`/messages/${id}`)) as { payload: { body: { attachmentId: string } } };
    const answers: [string, unknown][] = [
      ['Profile', await gmail('/profile')],
      ['ListMessagesResponse', await gmail('/messages?maxResults=1')],
      ['Message', modified],
      ['Message', full],
      ['Message', await gmail(`/messages/${id}?format=metadata`)],
      ['Message', await gmail(`/messages/${id}?format=minimal`)],
      ['Message', await gmail(`/messages/${id}/trash`, {})],
      ['MessagePartBody', await gmail(`/messages/${id}/attachments/${full.payload.body.attachmentId}`)],
      ['Label', await gmail('/labels', { name: 'Mine' })],
      ['Label', await gmail('/labels/Label_1')],
      ['ListLabelsResponse', await gmail('/labels')],
      ['ListHistoryResponse', await gmail(`/history?startHistoryId=${startHistoryId}&maxResults=3`)],
      ['ListHistoryResponse', await gmail(`/history?startHistoryId=${startHistoryId}`)],
      ['WatchResponse', await gmail('/watch', { topicName: 'projects/p/topics/t', labelIds: ['INBOX'] })],
      ['Thread', await gmail(`/threads/${first!.threadId}?format=full`)],
    ];
    for (const [name, answer] of answers) expectSchema(schemas, name, answer);
  });

  it('in the answers about the user and the token', async () => {
    const schemas = discoveryValidators('oauth2.v2.json');
    expectSchema(schemas, 'Userinfo', await call('/oauth2/v2/userinfo'));
    expectSchema(schemas, 'Tokeninfo', await call('/oauth2/v2/tokeninfo', {}));
  });

  it('for every mail of the corpus, in full and raw', async () => {
    const message = discoveryValidators('gmail.v1.json')('Message');
    const mails = loadEmlDirectory(corpus);
    const stored = fixture.mailbox.add(mails);
    expect(stored).toHaveLength(446);
    for (const [index, { id }] of stored.entries()) {
      const full = await gmail(`/messages/${id}?format=full`);
      const raw = await gmail(`/messages/${id}?format=raw`);
      const name = mails[index]!.name;
      expect([name, message(full), message.errors]).toEqual([name, true, null]);
      expect([name, message(raw), message.errors]).toEqual([name, true, null]);
      expect(Buffer.from(raw.raw as string, 'base64url').equals(mails[index]!.raw)).toBe(true);
    }
  });
});
