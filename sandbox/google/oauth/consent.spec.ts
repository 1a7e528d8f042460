import { type OAuth2Client } from 'google-auth-library';
import { GmailFixture, gmailFixture } from '../gmail/gmail-fixture';
import { connect, consent, oauthClient } from '../sdk-clients';
import { sandboxClient } from '../settings';
import { gmailScopes } from './scopes';

const { email } = GmailFixture;
const readonlyScopes = ['openid', 'email', 'profile', gmailScopes.readonly];

describe('Google consent', () => {
  const fixture = gmailFixture();
  let client: OAuth2Client;
  beforeEach(() => {
    client = oauthClient(fixture.emulator.url);
  });

  const authorizePage = (parameters: Record<string, string>) => {
    const [redirectUri = ''] = sandboxClient.redirectUris;
    const base = {
      client_id: sandboxClient.clientId,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'openid',
    };
    const query = new URLSearchParams({ ...base, ...parameters }).toString();
    return fetch(`${fixture.emulator.url}/o/oauth2/v2/auth?${query}`, { redirect: 'manual' });
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
    fixture.google.addMailbox('bob@example.com', '<b>Bob</b>');
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
    fixture.google.reset();
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
});
