import { type OAuth2Client } from 'google-auth-library';
import { googleEmulator } from '../google-emulator';
import { GmailFixture, gmailFixture } from '../gmail/gmail-fixture';
import { connect, consent, failure, oauthClient, verifierOf } from '../sdk-clients';
import { sandboxClient } from '../settings';
import { gmailScopes } from './scopes';

const { email } = GmailFixture;
const readonlyScopes = ['openid', 'email', 'profile', gmailScopes.readonly];

describe('Google tokens', () => {
  const fixture = gmailFixture({ refreshTokenLimit: 3 });
  let client: OAuth2Client;
  beforeEach(() => {
    client = oauthClient(fixture.emulator.url);
  });

  const exchange = async (form: Record<string, string>) => {
    const response = await fetch(`${fixture.emulator.url}/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
    return { status: response.status, body: (await response.json()) as Record<string, string> };
  };
  it('takes a code once, and revokes its tokens when it comes again', async () => {
    const redirect = await consent(client, { scope: readonlyScopes, email });
    const { codeVerifier } = await verifierOf(client);
    const code = redirect.get('code') ?? '';
    const { tokens } = await client.getToken({ code, codeVerifier });
    expect(await failure(client.getToken({ code, codeVerifier }))).toEqual({
      status: 400,
      body: { error: 'invalid_grant', error_description: 'Bad Request' },
    });
    expect(fixture.google.tokens.introspect(tokens.access_token ?? '')).toBeUndefined();
    client.setCredentials({ refresh_token: tokens.refresh_token });
    expect((await failure(client.getAccessToken())).body).toMatchObject({ error: 'invalid_grant' });
  });

  it('wants the verifier, the redirect URI and the client of the code', async () => {
    const redirect = await consent(client, { scope: readonlyScopes, email });
    const code = redirect.get('code') ?? '';
    const right = { grant_type: 'authorization_code', code, client_id: sandboxClient.clientId };
    const [redirectUri = ''] = sandboxClient.redirectUris;
    const secret = { client_secret: sandboxClient.clientSecret };
    expect(await exchange({ ...right, ...secret, redirect_uri: 'https://other.example.com/' })).toMatchObject(
      {
        status: 400,
        body: { error: 'redirect_uri_mismatch' },
      },
    );
    expect(await exchange({ ...right, ...secret, redirect_uri: redirectUri })).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant', error_description: 'Missing code verifier.' },
    });
    const wrong = { redirect_uri: redirectUri, code_verifier: 'x'.repeat(43) };
    expect((await exchange({ ...right, ...secret, ...wrong })).body).toMatchObject({
      error: 'invalid_grant',
    });
    expect(await exchange({ ...right, ...wrong, client_secret: 'wrong' })).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    });
    fixture.now += 11 * 60_000;
    const { codeVerifier } = await verifierOf(client);
    expect((await failure(client.getToken({ code, codeVerifier }))).body).toMatchObject({
      error: 'invalid_grant',
    });
  });

  it('refreshes, and keeps the refresh token', async () => {
    client.setCredentials({
      refresh_token: (await connect(client, { scope: readonlyScopes, email })).refresh_token,
    });
    const first = (await client.getAccessToken()).token;
    client.setCredentials({ refresh_token: client.credentials.refresh_token });
    expect((await client.getAccessToken()).token).not.toBe(first);
  });

  it.each(['password change', 'six idle months'])('answers invalid_grant after %s', async (cause) => {
    client.setCredentials({
      refresh_token: (await connect(client, { scope: readonlyScopes, email })).refresh_token,
    });
    if (cause === 'password change') fixture.google.tokens.revokeGrants(email);
    else fixture.now += 183 * 86_400_000;
    expect(await failure(client.getAccessToken())).toEqual({
      status: 400,
      body: { error: 'invalid_grant', error_description: 'Token has been expired or revoked.' },
    });
  });

  it('lets the oldest refresh token of an account die silently at the limit', async () => {
    const tokens = [];
    for (let count = 0; count < 4; count += 1) {
      tokens.push((await connect(client, { scope: readonlyScopes, email, prompt: 'consent' })).refresh_token);
    }
    const alive = [];
    for (const token of tokens) {
      client.setCredentials({ refresh_token: token });
      alive.push(
        await client.getAccessToken().then(
          () => true,
          () => false,
        ),
      );
    }
    expect(alive).toEqual([false, true, true, true]);
  });

  it('revokes the whole grant, and forgets the consent', async () => {
    const tokens = await connect(client, { scope: readonlyScopes, email });
    await client.revokeToken(tokens.refresh_token ?? '');
    expect(fixture.google.tokens.introspect(tokens.access_token ?? '')).toBeUndefined();
    expect(await failure(client.revokeToken(tokens.refresh_token ?? ''))).toEqual({
      status: 400,
      body: { error: 'invalid_token', error_description: 'Token expired or revoked' },
    });
    expect((await connect(client, { scope: readonlyScopes, email })).refresh_token).toBeDefined();
  });

  const credentials = { client_id: sandboxClient.clientId, client_secret: sandboxClient.clientSecret };
  it.each([
    [{}, 400, 'invalid_request'],
    [{ client_id: 'unknown', client_secret: 'x' }, 401, 'invalid_client'],
    [{ client_id: sandboxClient.clientId }, 400, 'invalid_request'],
    [credentials, 400, 'invalid_request'],
    [{ ...credentials, grant_type: 'password' }, 400, 'unsupported_grant_type'],
    [{ ...credentials, grant_type: 'authorization_code' }, 400, 'invalid_request'],
    [
      { ...credentials, grant_type: 'authorization_code', code: 'x', redirect_uri: 'y' },
      400,
      'invalid_grant',
    ],
    [{ ...credentials, grant_type: 'refresh_token', refresh_token: 'x' }, 400, 'invalid_grant'],
  ])('answers a token request of %j with %d %s', async (form, status, error) => {
    expect(await exchange(form)).toMatchObject({ status, body: { error } });
  });

  it('keeps a refresh token to its client and its scopes, and takes Basic credentials', async () => {
    fixture.google.registerClient({ ...sandboxClient, clientId: 'another' });
    const { refresh } = fixture.google.tokens.mint(sandboxClient.clientId, email, [gmailScopes.readonly]);
    const form = { grant_type: 'refresh_token', refresh_token: refresh!.token };
    const secret = { client_secret: sandboxClient.clientSecret };
    const foreign = await exchange({ ...form, ...secret, client_id: 'another' });
    expect(foreign).toMatchObject({ status: 401, body: { error: 'unauthorized_client' } });
    const wider = await exchange({ ...form, ...credentials, scope: gmailScopes.modify });
    expect(wider.body).toMatchObject({ error: 'invalid_scope' });
    const basic = Buffer.from(`${sandboxClient.clientId}:${sandboxClient.clientSecret}`).toString('base64');
    const headers = { authorization: `Basic ${basic}` };
    const answer = await fetch(`${fixture.emulator.url}/token`, {
      method: 'POST',
      headers,
      body: new URLSearchParams(form),
    });
    expect(answer.status).toBe(200);
  });

  it('ends the refresh tokens of a client in testing after their time', () => {
    const testing = googleEmulator({
      accounts: [{ email }],
      refreshTokenSeconds: 7 * 86_400,
      now: () => fixture.now,
    }).google;
    const { refresh } = testing.tokens.mint('a client', email, [gmailScopes.readonly]);
    const use = () => testing.tokens.refresh(refresh!.token, 'a client', []);
    fixture.now += 6 * 86_400_000;
    expect(use().access.token).toBeDefined();
    fixture.now += 86_400_000;
    expect(use).toThrow('expired or revoked');
  });
});
