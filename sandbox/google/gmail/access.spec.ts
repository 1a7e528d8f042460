import type { gmail_v1 } from '@googleapis/gmail';
import { gmailScopes } from '../oauth/scopes';
import { failure, oauthClient } from '../sdk-clients';
import { GmailFixture, gmailFixture, mail } from './gmail-fixture';
import type { Mailbox } from './mailbox';

const { email } = GmailFixture;
const me = { userId: 'me' };

describe('Gmail access', () => {
  const fixture = gmailFixture();
  let gmail: gmail_v1.Gmail;
  let mailbox: Mailbox;
  beforeEach(() => {
    gmail = fixture.client(gmailScopes.modify);
    mailbox = fixture.mailbox;
  });

  describe('authorization', () => {
    const statusAndReason = async (call: Promise<unknown>): Promise<[number, string]> => {
      const { status, body } = await failure(call);
      return [status, (body as { error: { errors: { reason: string }[] } }).error.errors[0]!.reason];
    };

    it('answers 401 to unknown, missing, revoked and expired tokens', async () => {
      const auth = oauthClient(fixture.emulator.url);
      const profile = () => gmail.users.getProfile({ ...me, auth });
      auth.setCredentials({ access_token: 'ya29.dead' });
      expect(await statusAndReason(profile())).toEqual([401, 'authError']);
      const missing = await fetch(`${fixture.emulator.url}/gmail/v1/users/me/profile`);
      expect(missing.status).toBe(401);
      expect(missing.headers.get('www-authenticate')).toContain('Bearer');

      const { access } = fixture.google.tokens.mint('a client', email, [gmailScopes.full]);
      auth.setCredentials({ access_token: access.token });
      expect((await profile()).status).toBe(200);
      fixture.now += 3_599_000;
      expect((await statusAndReason(profile()))[0]).toBe(401);
      fixture.now -= 1;
      fixture.google.tokens.revoke(access.token);
      expect((await statusAndReason(profile()))[0]).toBe(401);
    });

    it('keeps each scope to its methods', async () => {
      const [message] = mailbox.add([{ raw: mail('a') }]);
      const id = message!.id;
      const reader = fixture.client(gmailScopes.readonly);
      expect(await statusAndReason(reader.users.messages.trash({ ...me, id }))).toEqual([
        403,
        'insufficientPermissions',
      ]);
      expect((await statusAndReason(gmail.users.messages.delete({ ...me, id })))[0]).toBe(403);
      const owner = fixture.client(gmailScopes.full);
      expect((await owner.users.messages.delete({ ...me, id })).status).toBe(204);
    });

    // The broader scope does not help: Gmail narrows every token that carries gmail.metadata.
    it('forbids search and bodies to the metadata scope', async () => {
      const [message] = mailbox.add([{ raw: mail('a') }]);
      const narrow = fixture.client(gmailScopes.metadata, gmailScopes.readonly);
      const id = message!.id;
      expect((await narrow.users.messages.list(me)).data.messages).toHaveLength(1);
      expect((await narrow.users.messages.get({ ...me, id, format: 'metadata' })).data.id).toBe(id);
      expect(await statusAndReason(narrow.users.messages.list({ ...me, q: 'is:unread' }))).toEqual([
        403,
        'forbidden',
      ]);
      for (const format of ['full', 'raw']) {
        expect(await statusAndReason(narrow.users.messages.get({ ...me, id, format }))).toEqual([
          403,
          'forbidden',
        ]);
      }
    });

    it('knows nobody but the owner of the token', async () => {
      fixture.google.addMailbox('bob@example.com');
      expect((await gmail.users.getProfile({ userId: email })).data.emailAddress).toBe(email);
      expect((await failure(gmail.users.getProfile({ userId: 'bob@example.com' }))).status).toBe(403);
    });
  });

  describe('quota', () => {
    it('counts units and, with a budget, refuses what goes over it in any 60 seconds', async () => {
      fixture.google.quota.settings = {
        ...fixture.google.quota.settings,
        perUserPerMinute: 12,
        retryAfterSeconds: 7,
      };
      await gmail.users.messages.list(me);
      fixture.now += 30_000;
      await gmail.users.messages.list(me);
      const refused = gmail.users.messages.list(me);
      expect(await failure(refused)).toMatchObject({
        status: 429,
        body: {
          error: {
            status: 'RESOURCE_EXHAUSTED',
            errors: [{ domain: 'usageLimits', reason: 'userRateLimitExceeded' }],
          },
        },
      });
      fixture.google.quota.settings = { ...fixture.google.quota.settings, rejectWith: 403 };
      expect((await failure(gmail.users.messages.list(me))).status).toBe(403);
      fixture.now += 30_001;
      await gmail.users.messages.list(me);
      expect(fixture.google.quota.snapshot()).toMatchObject({
        totalUnits: 15,
        peakUnitsPerMinute: 10,
        calls: { 'messages.list': 3 },
        rejections: [{ user: email, method: 'messages.list' }, { method: 'messages.list' }],
      });
    });

    it('has a budget for the whole project too', async () => {
      fixture.google.quota.settings = { ...fixture.google.quota.settings, perProjectPerMinute: 1 };
      await gmail.users.getProfile(me);
      expect((await failure(gmail.users.getProfile(me))).body).toMatchObject({
        error: { errors: [{ reason: 'rateLimitExceeded' }] },
      });
    });
  });

  it.each([
    ['GET', '/messages?fields=', 400, undefined],
    ['GET', '/messages/1?format=novel', 400, undefined],
    ['GET', '/threads/ffff', 404, undefined],
    ['GET', '/labels/none', 404, undefined],
    ['POST', '/labels', 400, { name: ' ' }],
    ['POST', '/labels', 400, { name: 'a', labelListVisibility: 'sometimes' }],
    ['POST', '/labels', 400, ['a']],
    ['POST', '/messages/batchModify', 400, {}],
    ['POST', '/messages/batchModify', 400, { ids: [1] }],
    ['POST', '/messages/1/modify', 400, {}],
    ['POST', '/watch', 400, { topicName: 'gmail' }],
    ['POST', '/watch', 400, { topicName: 'projects/p/topics/t', labelFilterBehavior: 'some' }],
    ['GET', '/history', 400, undefined],
    ['GET', '/history?startHistoryId=10000&historyTypes=messageRead', 400, undefined],
    ['GET', '/drafts', 404, undefined],
    ['PUT', '/labels', 404, undefined],
  ])('answers %s %s with %d', async (method, path, status, body) => {
    mailbox.add([{ raw: mail('a') }]);
    const { access } = fixture.google.tokens.mint('a client', email, [gmailScopes.full]);
    const headers = { authorization: `Bearer ${access.token}`, 'content-type': 'application/json' };
    const first = path.replace('/messages/1', `/messages/${mailbox.newestFirst()[0]!.id}`);
    const url = `${fixture.emulator.url}/gmail/v1/users/me${first}`;
    const response = await fetch(url, { method, headers, body: body && JSON.stringify(body) });
    const answer = (await response.json()) as { error: { code: number } };
    expect([response.status, answer.error.code]).toEqual([status, status]);
  });

  it('takes an empty body as JSON, and refuses what is no JSON', async () => {
    const { access } = fixture.google.tokens.mint('a client', email, [gmailScopes.full]);
    const headers = { authorization: `Bearer ${access.token}`, 'content-type': 'application/json' };
    const stop = (body: string) =>
      fetch(`${fixture.emulator.url}/gmail/v1/users/me/stop`, { method: 'POST', headers, body });
    expect((await stop('')).status).toBe(204);
    expect((await stop('{')).status).toBe(400);
  });
});
