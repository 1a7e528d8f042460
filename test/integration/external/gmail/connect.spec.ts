import request from 'supertest';
import { v7 as uuidv7 } from 'uuid';
import { GetGmailConsentUrl } from '../../../../src/auth/contracts';
import { ConnectGmail } from '../../../../src/gmail/connect-gmail/connect-gmail.handler';
import { googleScopes } from '../../../../src/gmail/domain/scopes';
import { endedSessions, giveConsent, type GmailApp, publicUrl, startGmailApp } from './gmail-app';

let gmail: GmailApp;
beforeAll(async () => {
  gmail = await startGmailApp();
});
afterAll(() => gmail.close());

async function begin(userId: string, body: object = {}): Promise<string> {
  const answer = await request(gmail.http)
    .post('/api/gmail/connections')
    .set('x-test-user', userId)
    .send(body)
    .expect(200);
  return (answer.body as { consentUrl: string }).consentUrl;
}

function callback(query: URLSearchParams): request.Test {
  return request(gmail.http).get(`/api/gmail/callback?${query.toString()}`);
}

async function ready(): Promise<{ userId: string; email: string }> {
  const userId = await gmail.user();
  const email = `m-${userId}@example.test`;
  gmail.google.addMailbox(email);
  return { userId, email };
}

describe('connecting a mailbox', () => {
  it('asks for reading only, with PKCE and an offline grant', async () => {
    const { userId } = await ready();
    const query = new URL(await begin(userId)).searchParams;
    expect(query.get('scope')).not.toContain('modify');
    expect(Object.fromEntries(query)).toMatchObject({
      access_type: 'offline',
      prompt: 'consent',
      code_challenge_method: 'S256',
      include_granted_scopes: 'true',
      redirect_uri: `${publicUrl}/api/gmail/callback`,
    });
    const withActions = new URL(await begin(userId, { actions: true })).searchParams;
    expect(withActions.get('scope')).toContain(googleScopes.modify);
  });

  it('ends with a connection, its event, and tokens that nobody can read in the database', async () => {
    const { userId, email } = await ready();
    const answer = await callback(await giveConsent(await begin(userId), email)).expect(200);
    expect(answer.body).toEqual({ connectionId: expect.any(String), emailAddress: email });
    const [row] = await gmail.sql<{ status: string; access: Buffer; refresh: Buffer }>(
      `select status, access_token_cipher as access, refresh_token_cipher as refresh from gmail_connections where user_id = $1`,
      [userId],
    );
    expect(row).toMatchObject({ status: 'connected' });
    const tokens = gmail.google.tokens.snapshot();
    expect(JSON.stringify(tokens).length).toBeGreaterThan(0);
    expect(row!.access.toString('latin1')).not.toMatch(/ya29|1\/\//);
    expect(await gmail.sql(`select type from outbox_messages where user_id = $1`, [userId])).toEqual([
      { type: 'gmail.connected.v1' },
    ]);
    const list = await request(gmail.http)
      .get('/api/gmail/connections')
      .set('x-test-user', userId)
      .expect(200);
    expect(list.body.data).toMatchObject([{ emailAddress: email, status: 'connected', statusReason: null }]);
  });

  it('is what registration hands out', async () => {
    const { userId, email } = await ready();
    const url = await gmail.queries.execute(new GetGmailConsentUrl(userId, uuidv7()));
    await callback(await giveConsent(url, email)).expect(200);
  });

  // Mutant caught: a state that is only looked up, not taken, lets a stolen callback connect twice.
  it('takes a state once, however many come at the same moment', async () => {
    const { userId, email } = await ready();
    const query = await giveConsent(await begin(userId), email);
    const answers = await Promise.all(Array.from({ length: 5 }, () => callback(query)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400]);
    expect(answers.find(({ status }) => status === 400)!.body.code).toBe('gmail.state-unknown');
  });

  it('refuses a state nobody began, an expired one, and parameters given twice', async () => {
    const { userId, email } = await ready();
    await callback(new URLSearchParams({ state: 'made-up', code: 'x' })).expect(400);
    await callback(
      new URLSearchParams([
        ['state', 'a'],
        ['state', 'b'],
      ]),
    ).expect(400);
    const query = await giveConsent(await begin(userId), email);
    await gmail.sql(
      `update gmail_oauth_states set expires_at = now() - interval '1 second' where user_id = $1`,
      [userId],
    );
    await callback(query).expect(400);
  });

  // Mutant caught: a callback that does not ask lets a consent be finished after its session was revoked.
  it('refuses a consent whose session has ended since', async () => {
    const { userId, email } = await ready();
    const sessionId = uuidv7();
    const consentUrl = await gmail.commands.execute(new ConnectGmail(userId, sessionId, {}));
    const answer = await giveConsent(consentUrl, email);
    endedSessions.add(sessionId);
    const { body } = await callback(answer).expect(403);
    expect(body.code).toBe('auth.session-ended');
    expect(await gmail.sql('select from gmail_connections where user_id = $1', [userId])).toEqual([]);
  });

  it('says so when the person refuses', async () => {
    const { userId, email } = await ready();
    const denied = await callback(await giveConsent(await begin(userId), email, { decision: 'deny' })).expect(
      403,
    );
    expect(denied.body.code).toBe('gmail.consent-denied');
    expect(await gmail.sql(`select 1 from gmail_connections where user_id = $1`, [userId])).toEqual([]);
  });

  // Mutant caught: without the check, a mailbox that cannot be read is called connected.
  it('stays pending, with a reason a person understands, when the box for mail was not ticked', async () => {
    const { userId, email } = await ready();
    const answer = await callback(await giveConsent(await begin(userId), email, { granted: [] })).expect(403);
    expect(answer.body.code).toBe('gmail.scope-missing');
    const list = await request(gmail.http).get('/api/gmail/connections').set('x-test-user', userId);
    expect(list.body.data).toMatchObject([
      { status: 'pending', statusReason: expect.stringContaining('ticked') },
    ]);
    await callback(await giveConsent(await begin(userId), email)).expect(200);
    const again = await request(gmail.http).get('/api/gmail/connections').set('x-test-user', userId);
    expect(again.body.data).toMatchObject([{ status: 'connected', statusReason: null }]);
  });

  it('leaves a working connection as it is when a later consent gives too little', async () => {
    const { userId, email } = await ready();
    await callback(await giveConsent(await begin(userId), email)).expect(200);
    // Google adds what was granted before, unless the person took it back in between.
    gmail.google.tokens.revokeGrants(email);
    await callback(await giveConsent(await begin(userId), email, { granted: [] })).expect(403);
    const list = await request(gmail.http).get('/api/gmail/connections').set('x-test-user', userId);
    expect(list.body.data).toMatchObject([{ status: 'connected' }]);
  });

  it('sends the browser back where it came from, and tells a failure there', async () => {
    const { userId, email } = await ready();
    const returnTo = 'https://app.example.test/mailboxes?tab=1';
    const done = await callback(await giveConsent(await begin(userId, { returnTo }), email)).expect(302);
    expect(done.headers.location).toMatch(
      /^https:\/\/app\.example\.test\/mailboxes\?tab=1&gmail=connected&connectionId=/,
    );
    const denied = await giveConsent(await begin(userId, { returnTo }), email, { decision: 'deny' });
    const told = await callback(denied).expect(302);
    expect(told.headers.location).toContain('gmail=failed&code=gmail.consent-denied');
    const refused = await request(gmail.http)
      .post('/api/gmail/connections')
      .set('x-test-user', userId)
      .send({ returnTo: 'https://app.example.test.evil.com/' })
      .expect(400);
    expect(refused.body.code).toBe('gmail.return-url-refused');
  });

  describe('in a browser', () => {
    const navigation = {
      accept: 'text/html,*/*;q=0.8',
      'sec-fetch-site': 'cross-site',
      'sec-fetch-dest': 'document',
    };
    const visit = (query: URLSearchParams, headers: Record<string, string> = navigation): request.Test =>
      callback(query).set(headers);
    const connections = ({ userId }: { userId: string }) =>
      gmail.sql('select status from gmail_connections where user_id = $1', [userId]);
    /** The address the page's link leads to. */
    const linkOn = (page: string): URLSearchParams => {
      const link = /href="\?([^"]+)"/.exec(page)?.[1] ?? '';
      return new URLSearchParams(link.replaceAll('&#38;', '&'));
    };

    it('connects once the person has said that the account is theirs, and tells so with nothing of theirs as markup', async () => {
      const person = await ready();
      const asked = await visit(await giveConsent(await begin(person.userId), person.email)).expect(200);
      expect(asked.text).toContain(`${person.userId}@example.test`);
      expect(asked.headers['cache-control']).toBe('no-store');
      expect(asked.headers['content-security-policy']).toContain("frame-ancestors 'none'");
      const page = await visit(linkOn(asked.text), { ...navigation, 'sec-fetch-site': 'same-origin' }).expect(
        200,
      );
      expect(page.text).toContain(`${person.email} is connected`);
      expect(await connections(person)).toEqual([{ status: 'connected' }]);
    });

    // Mutant: a callback that believes the state alone. Somebody who sends a link of theirs to Google's page to another person
    // would read that person's mail.
    it.each([
      ['a person opens', navigation],
      ['an old browser opens', { accept: 'text/html' }],
      [
        'another page leads to, unseen',
        { accept: 'image/*', 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'image' },
      ],
      [
        'a script of another page calls',
        { accept: '*/*', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
      ],
    ])('connects nothing by an address that %s', async (_how, headers) => {
      const person = await ready();
      const answer = await giveConsent(await begin(person.userId), person.email);
      await visit(answer, headers).expect(200);
      expect(await connections(person)).toEqual([]);
    });

    // Mutants: any word passes; the word of one consent passes for another; a word that a later question made void passes.
    it('takes no word but the one that the question about this consent brought last', async () => {
      const [person, other] = [await ready(), await ready()];
      const answer = await giveConsent(await begin(person.userId), person.email);
      const first = linkOn((await visit(answer)).text);
      const foreign = linkOn((await visit(await giveConsent(await begin(other.userId), other.email))).text);
      const last = linkOn((await visit(answer)).text);
      for (const confirm of ['made-up', '', foreign.get('confirm')!, first.get('confirm')!]) {
        const refused = await visit(new URLSearchParams({ ...Object.fromEntries(answer), confirm })).expect(
          400,
        );
        expect(refused.body.code).toBe('gmail.state-unknown');
      }
      expect(await connections(person)).toEqual([]);
      await visit(last).expect(200);
      expect(await connections(person)).toEqual([{ status: 'connected' }]);
      expect((await visit(last).expect(400)).body.code).toBe('gmail.state-unknown');
    });

    it('asks nothing when the person has refused on Google’s page, or nobody began this', async () => {
      const { userId, email } = await ready();
      const denied = await giveConsent(await begin(userId), email, { decision: 'deny' });
      expect((await visit(denied).expect(403)).body.code).toBe('gmail.consent-denied');
      const unknown = new URLSearchParams({ state: 'made-up', code: 'x' });
      expect((await visit(unknown).expect(400)).body.code).toBe('gmail.state-unknown');
    });
  });

  it('keeps the older refresh token when Google gives no new one', async () => {
    const { userId, email } = await ready();
    await callback(await giveConsent(await begin(userId), email)).expect(200);
    const before = await gmail.sql(
      `select refresh_token_cipher as c from gmail_connections where user_id = $1`,
      [userId],
    );
    const online = new URL(await begin(userId));
    online.searchParams.delete('access_type');
    await callback(await giveConsent(online.toString(), email)).expect(200);
    const after = await gmail.sql(
      `select refresh_token_cipher as c from gmail_connections where user_id = $1`,
      [userId],
    );
    expect(after).toEqual(before);
  });

  it('says that the access would not last when there is no refresh token at all', async () => {
    const { userId, email } = await ready();
    const online = new URL(await begin(userId));
    online.searchParams.delete('access_type');
    const answer = await callback(await giveConsent(online.toString(), email)).expect(422);
    expect(answer.body.code).toBe('gmail.no-lasting-access');
  });

  it('does not use a code whose exchange Google refuses', async () => {
    const { userId, email } = await ready();
    const query = await giveConsent(await begin(userId), email);
    query.set('code', 'another-code');
    expect((await callback(query).expect(422)).body.code).toBe('gmail.consent-expired');
  });
});

describe('disconnecting a mailbox', () => {
  it('revokes the grant at Google, wipes the tokens, and can be repeated', async () => {
    const { userId, connectionId, email } = await gmail.connected();
    const remove = (): request.Test =>
      request(gmail.http).delete(`/api/gmail/connections/${connectionId}`).set('x-test-user', userId);
    await remove().expect(204);
    await remove().expect(204);
    const [row] = await gmail.sql(
      `select status, access_token_cipher, refresh_token_cipher from gmail_connections where id = $1`,
      [connectionId],
    );
    expect(row).toEqual({ status: 'disconnected', access_token_cipher: null, refresh_token_cipher: null });
    expect(JSON.stringify(gmail.google.tokens.snapshot())).not.toContain(email);
  });

  it('works while Google is down, and is nobody else’s right', async () => {
    const { userId, connectionId } = await gmail.connected();
    await request(gmail.http)
      .delete(`/api/gmail/connections/${connectionId}`)
      .set('x-test-user', await gmail.user())
      .expect(404);
    gmail.emulator.faults.add({ path: '/revoke', action: 'respond', status: 400, times: 1 });
    await request(gmail.http)
      .delete(`/api/gmail/connections/${connectionId}`)
      .set('x-test-user', userId)
      .expect(204);
    gmail.emulator.faults.clear();
  });
});
