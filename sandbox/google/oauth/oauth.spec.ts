import { type JsonWebKey, verify, X509Certificate } from 'node:crypto';
import { type OAuth2Client } from 'google-auth-library';
import { type RunningEmulator, startEmulator } from '../../emulator/emulator';
import { googleEmulator } from '../google-emulator';
import { connect, consent, failure, oauthClient, verifierOf } from '../sdk-clients';
import { sandboxClient } from '../settings';
import { gmailScopes } from './scopes';

const email = 'ann@example.com';
const readonlyScopes = ['openid', 'email', 'profile', gmailScopes.readonly];

describe('Google OAuth', () => {
  let now = Date.now();
  const definition = googleEmulator({
    accounts: [{ email, name: 'Ann Lee' }],
    refreshTokenLimit: 3,
    now: () => now,
  });
  const { google } = definition;
  let emulator: RunningEmulator;
  let client: OAuth2Client;

  beforeAll(async () => {
    emulator = await startEmulator(definition);
  });
  beforeEach(() => {
    now = Date.now();
    google.reset();
    client = oauthClient(emulator.url);
  });
  afterAll(() => emulator.close());

  const exchange = async (form: Record<string, string>) => {
    const response = await fetch(`${emulator.url}/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
    return { status: response.status, body: (await response.json()) as Record<string, string> };
  };
  const authorizePage = (parameters: Record<string, string>) => {
    const [redirectUri = ''] = sandboxClient.redirectUris;
    const base = {
      client_id: sandboxClient.clientId,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'openid',
    };
    const query = new URLSearchParams({ ...base, ...parameters }).toString();
    return fetch(`${emulator.url}/o/oauth2/v2/auth?${query}`, { redirect: 'manual' });
  };

  it('connects an account through the real client library, PKCE and all', async () => {
    const tokens = await connect(client, { scope: readonlyScopes, email });
    expect(tokens).toMatchObject({ token_type: 'Bearer', access_token: expect.stringMatching(/^ya29\./) });
    expect(tokens.refresh_token).toMatch(/^1\/\//);
    expect(tokens.scope?.split(' ')).toContain(gmailScopes.readonly);
    expect(tokens.scope).toContain('https://www.googleapis.com/auth/userinfo.email');
    client.setCredentials(tokens);
    const info = await client.getTokenInfo(tokens.access_token ?? '');
    expect(info).toMatchObject({ aud: sandboxClient.clientId, email, access_type: 'offline' });
  });

  it('echoes the state and refuses with access_denied', async () => {
    const redirect = await consent(client, { scope: readonlyScopes, email, decision: 'deny' });
    expect(Object.fromEntries(redirect)).toEqual({ error: 'access_denied', state: 'a state' });
  });

  it('shows accounts, scopes and both buttons on its consent page', async () => {
    google.addMailbox('bob@example.com', '<b>Bob</b>');
    const page = await authorizePage({
      scope: `openid ${gmailScopes.readonly}`,
      login_hint: 'bob@example.com',
    });
    const html = await page.text();
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(html).toContain('value="bob@example.com" required checked');
    expect(html).toContain('&lt;b&gt;Bob&lt;/b&gt;');
    expect(html).toContain('View your email messages and settings');
    expect(html).toMatch(/value="allow">Allow<[\s\S]*value="deny"[^>]*>Deny</);
  });

  it.each([
    [{ client_id: 'unknown' }, 401, 'invalid_client'],
    [{ redirect_uri: 'https://evil.example.com/' }, 400, 'redirect_uri_mismatch'],
    [{ response_type: 'token' }, 400, 'unsupported_response_type'],
    [{ scope: '' }, 400, 'invalid_request'],
    [{ scope: 'gmail.everything' }, 400, 'invalid_scope'],
    [{ code_challenge: 'short', code_challenge_method: 'S256' }, 400, 'invalid_request'],
  ])('never redirects an untrustworthy request %j', async (parameters, status, error) => {
    const page = await authorizePage(parameters);
    expect([page.status, page.headers.get('location')]).toEqual([status, null]);
    expect(await page.text()).toContain(error);
  });

  it('grants only the ticked scopes', async () => {
    const tokens = await connect(client, { scope: readonlyScopes, email, granted: [] });
    expect(tokens.scope).not.toContain('gmail');
    expect(tokens.scope).toContain('openid');
  });

  it('gives a refresh token with the first offline consent, then only with prompt=consent', async () => {
    expect(
      (await connect(client, { scope: readonlyScopes, email, accessType: 'online' })).refresh_token,
    ).toBeUndefined();
    google.reset();
    expect((await connect(client, { scope: readonlyScopes, email })).refresh_token).toBeDefined();
    expect((await connect(client, { scope: readonlyScopes, email })).refresh_token).toBeUndefined();
    expect(
      (await connect(client, { scope: readonlyScopes, email, prompt: 'consent' })).refresh_token,
    ).toBeDefined();
  });

  it('asks no second time for what was granted, unless told to', async () => {
    expect((await authorizePage({ prompt: 'none' })).headers.get('location')).toContain(
      'error=consent_required',
    );
    await connect(client, { scope: readonlyScopes, email });
    expect((await authorizePage({})).headers.get('location')).toContain('code=');
    expect((await authorizePage({ prompt: 'consent' })).status).toBe(200);
  });

  it('adds what was granted before with include_granted_scopes', async () => {
    await connect(client, { scope: [gmailScopes.readonly], email });
    const extra = { include_granted_scopes: 'true' };
    const tokens = await connect(client, { scope: [gmailScopes.modify], email, extra });
    expect(tokens.scope?.split(' ')).toEqual([gmailScopes.readonly, gmailScopes.modify]);
    expect(tokens.refresh_token).toBeDefined();
  });

  it('takes a code once, and revokes its tokens when it comes again', async () => {
    const redirect = await consent(client, { scope: readonlyScopes, email });
    const { codeVerifier } = await verifierOf(client);
    const code = redirect.get('code') ?? '';
    const { tokens } = await client.getToken({ code, codeVerifier });
    expect(await failure(client.getToken({ code, codeVerifier }))).toEqual({
      status: 400,
      body: { error: 'invalid_grant', error_description: 'Bad Request' },
    });
    expect(google.tokens.introspect(tokens.access_token ?? '')).toBeUndefined();
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
    now += 11 * 60_000;
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
    if (cause === 'password change') google.tokens.revokeGrants(email);
    else now += 183 * 86_400_000;
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
    expect(google.tokens.introspect(tokens.access_token ?? '')).toBeUndefined();
    expect(await failure(client.revokeToken(tokens.refresh_token ?? ''))).toEqual({
      status: 400,
      body: { error: 'invalid_token', error_description: 'Token expired or revoked' },
    });
    expect((await connect(client, { scope: readonlyScopes, email })).refresh_token).toBeDefined();
  });

  it('signs ID tokens that the client library and the published key accept', async () => {
    const tokens = await connect(client, { scope: readonlyScopes, email, extra: { nonce: 'once' } });
    const idToken = tokens.id_token ?? '';
    const ticket = await client.verifyIdToken({ idToken, audience: sandboxClient.clientId });
    expect(ticket.getPayload()).toMatchObject({
      email,
      email_verified: true,
      name: 'Ann Lee',
      nonce: 'once',
    });
    const { keys } = (await (await fetch(`${emulator.url}/oauth2/v3/certs`)).json()) as {
      keys: JsonWebKey[];
    };
    const [header = '', payload = '', signature = ''] = idToken.split('.');
    const key = { key: keys[0]!, format: 'jwk' as const };
    const signed = Buffer.from(`${header}.${payload}`);
    expect(verify('sha256', signed, key, Buffer.from(signature, 'base64url'))).toBe(true);
    await expect(client.verifyIdToken({ idToken, audience: 'another' })).rejects.toThrow('audience');
  });

  it('publishes its key as an X.509 certificate that verifies itself', () => {
    const certificate = new X509Certificate(google.key.certificatePem());
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.publicKey.export({ format: 'jwk' }).n).toBe(google.key.jwk().n);
  });

  it('tells who the user is, as far as the scopes allow', async () => {
    const { access_token: token } = await connect(client, { scope: ['openid', 'email'], email });
    const ask = async (path: string, bearer = token) => {
      const response = await fetch(emulator.url + path, { headers: { authorization: `Bearer ${bearer}` } });
      return { status: response.status, body: await response.json() };
    };
    const { sub } = google.accounts.get(email)!;
    expect((await ask('/oauth2/v2/userinfo')).body).toEqual({ id: sub, email, verified_email: true });
    expect((await ask('/oauth2/v3/userinfo')).body).toEqual({ sub, email, email_verified: true });
    expect((await ask('/v1/userinfo')).body).toEqual({ sub, email, email_verified: true });
    expect((await ask('/v1/userinfo', 'stale')).status).toBe(401);
  });

  it('describes itself', async () => {
    const answer = await fetch(`${emulator.url}/.well-known/openid-configuration`);
    expect(await answer.json()).toMatchObject({
      issuer: 'https://accounts.google.com',
      token_endpoint: `${emulator.url}/token`,
      code_challenge_methods_supported: ['plain', 'S256'],
    });
  });
});
