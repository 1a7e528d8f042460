import { GmailFixture, gmailFixture, mail } from './gmail/gmail-fixture';
import { gmailScopes } from './oauth/scopes';
import { failure, oauthClient } from './sdk-clients';

const at = `mailboxes/${GmailFixture.email}`;

describe('the control endpoint', () => {
  const fixture = gmailFixture({ now: () => Date.now() });

  const control = async (path: string, body: unknown = {}, method = 'POST') => {
    const json = { 'content-type': 'application/json' };
    const init = method === 'POST' ? { method, headers: json, body: JSON.stringify(body) } : { method };
    const response = await fetch(`${fixture.emulator.url}/__control/${path}`, init);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  it('opens a mailbox and fills it', async () => {
    await control('mailboxes', { email: 'Bob@Example.com', name: 'Bob' });
    const raw = mail('a').toString('base64');
    const one = await control('mailboxes/bob@example.com/messages', {
      raw,
      labels: ['SENT'],
      internalDate: 5,
    });
    const two = await control('mailboxes/bob@example.com/messages', [{ raw }, { raw, threadId: 'abc' }]);
    expect([one.status, (two.body.ids as string[]).length]).toEqual([201, 2]);
    const stored = fixture.google.mailboxes.get('bob@example.com')!.newestFirst();
    expect(stored.map(({ threadId }) => threadId)).toContain('abc');
    expect(stored.at(-1)).toMatchObject({ internalDate: 5, labelIds: new Set(['SENT']) });
    expect((await control('mailboxes/nobody@example.com/messages', { raw })).status).toBe(404);
    expect((await control('mailboxes/bob@example.com/messages', {})).status).toBe(400);
  });

  it('moves and removes messages', async () => {
    const [message] = fixture.mailbox.add([{ raw: mail('a') }]);
    const path = `${at}/messages/${message!.id}`;
    const moved = await control(`${path}/labels`, { add: ['TRASH'], remove: ['INBOX', 'UNREAD'] });
    expect(moved.body).toEqual({ labelIds: ['TRASH'] });
    expect((await control(path, undefined, 'DELETE')).status).toBe(200);
    expect((await control(path, undefined, 'DELETE')).status).toBe(404);
  });

  it('ends tokens, history and watch', async () => {
    const tokens = (await control('mint-tokens', { email: GmailFixture.email, scope: gmailScopes.readonly }))
      .body;
    const live = () => fixture.google.tokens.introspect(tokens.access_token as string) !== undefined;
    expect(live()).toBe(true);
    await control(`${at}/expire-access-tokens`);
    expect(live()).toBe(false);
    const client = oauthClient(fixture.emulator.url);
    client.setCredentials({ refresh_token: tokens.refresh_token as string });
    expect((await client.getAccessToken()).token).toBeDefined();
    await control(`${at}/revoke-tokens`);
    client.setCredentials({ refresh_token: tokens.refresh_token as string });
    expect((await failure(client.getAccessToken())).body).toMatchObject({ error: 'invalid_grant' });

    const cursor = fixture.mailbox.history.current;
    await control(`${at}/expire-history`);
    expect(fixture.mailbox.history.after(cursor)).toBeUndefined();
    fixture.mailbox.watch = { topicName: 't', labelIds: [], behavior: 'include', expiration: Infinity };
    await control(`${at}/expire-watch`);
    expect(fixture.mailbox.watch).toBeUndefined();
  });

  it('sets quota, push, clients and clock, and shows them in its state', async () => {
    expect((await control('quota', { perUserPerMinute: 6_000 })).body).toMatchObject({
      perUserPerMinute: 6_000,
    });
    expect((await control('quota', { perUserPerMinute: null })).body.perUserPerMinute).toBeUndefined();
    await control('push', { endpoint: 'http://localhost:9/push', dropRate: 0.5 });
    await control('push/next', { drop: 2 });
    await control('clients', {
      clientId: 'mine',
      clientSecret: 's',
      redirectUris: ['http://localhost:1/cb'],
    });
    const { now } = (await control('clock', { advanceMs: 60_000 })).body;
    expect(Number(now)).toBeGreaterThan(Date.now() + 50_000);
    const { body } = await control('state', undefined, 'GET');
    expect(body).toMatchObject({
      clients: expect.arrayContaining([{ clientId: 'mine', redirectUris: ['http://localhost:1/cb'] }]),
      mailboxes: [{ email: GmailFixture.email, messages: 0 }],
      quota: { totalUnits: 0, rejections: [] },
    });
    await control('reset');
    expect(fixture.google.pushes.settings.endpoint).toBeUndefined();
    expect(fixture.google.clients).toHaveLength(1);
  });

  it('mints push tokens: genuine, for another audience, over, or of a forger', async () => {
    const audience = 'https://app.example.com/push';
    const client = oauthClient(fixture.emulator.url);
    const verified = async (claims: Record<string, unknown>) => {
      const { token } = (
        await control('mint-push-token', { aud: audience, email: 'p@example.com', ...claims })
      ).body;
      const check = client.verifyIdToken({ idToken: token as string, audience });
      return check.then(
        () => true,
        () => false,
      );
    };
    expect(await verified({})).toBe(true);
    expect(await verified({ aud: 'https://other.example.com' })).toBe(false);
    expect(await verified({ expiresIn: -3_600 })).toBe(false);
    expect(await verified({ iss: 'https://accounts.example.com' })).toBe(false);
    expect(await verified({ key: 'foreign' })).toBe(false);
  });
});
