import { type JsonWebKey, verify, X509Certificate } from 'node:crypto';
import { type OAuth2Client } from 'google-auth-library';
import { GmailFixture, gmailFixture } from '../gmail/gmail-fixture';
import { connect, oauthClient } from '../sdk-clients';
import { sandboxClient } from '../settings';
import { gmailScopes } from './scopes';

const { email } = GmailFixture;

describe('Google identity', () => {
  const fixture = gmailFixture({ now: () => Date.now(), accounts: [{ email, name: 'Ann Lee' }] });
  let client: OAuth2Client;
  beforeEach(() => {
    client = oauthClient(fixture.emulator.url);
  });
  const get = async (path: string, bearer?: string | null) => {
    const headers = bearer ? { authorization: `Bearer ${bearer}` } : undefined;
    const response = await fetch(fixture.emulator.url + path, { headers });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  it('signs ID tokens that the client library and the published key accept', async () => {
    const tokens = await connect(client, {
      scope: ['openid', 'email', 'profile', gmailScopes.readonly],
      email,
      extra: { nonce: 'once' },
    });
    const idToken = tokens.id_token ?? '';
    const ticket = await client.verifyIdToken({ idToken, audience: sandboxClient.clientId });
    expect(ticket.getPayload()).toMatchObject({
      email,
      email_verified: true,
      name: 'Ann Lee',
      nonce: 'once',
    });
    const { keys } = (await (await fetch(`${fixture.emulator.url}/oauth2/v3/certs`)).json()) as {
      keys: JsonWebKey[];
    };
    const [header = '', payload = '', signature = ''] = idToken.split('.');
    const key = { key: keys[0]!, format: 'jwk' as const };
    const signed = Buffer.from(`${header}.${payload}`);
    expect(verify('sha256', signed, key, Buffer.from(signature, 'base64url'))).toBe(true);
    await expect(client.verifyIdToken({ idToken, audience: 'another' })).rejects.toThrow('audience');
  });

  it('publishes its key as an X.509 certificate that verifies itself', () => {
    const certificate = new X509Certificate(fixture.google.key.certificatePem());
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.publicKey.export({ format: 'jwk' }).n).toBe(fixture.google.key.jwk().n);
  });

  it('tells who the user is, as far as the scopes allow', async () => {
    const { access_token: token } = await connect(client, { scope: ['openid', 'email'], email });
    const { sub } = fixture.google.accounts.get(email)!;
    expect((await get('/oauth2/v2/userinfo', token)).body).toEqual({ id: sub, email, verified_email: true });
    expect((await get('/oauth2/v3/userinfo', token)).body).toEqual({ sub, email, email_verified: true });
    expect((await get('/v1/userinfo', token)).body).toEqual({ sub, email, email_verified: true });
    expect((await get('/v1/userinfo', 'stale')).status).toBe(401);
  });

  it('describes itself', async () => {
    expect((await get('/.well-known/openid-configuration')).body).toMatchObject({
      issuer: 'https://accounts.google.com',
      token_endpoint: `${fixture.emulator.url}/token`,
      code_challenge_methods_supported: ['plain', 'S256'],
    });
  });

  it('explains tokens, ID tokens too, and refuses dead ones', async () => {
    const tokens = await connect(client, { scope: ['openid', 'email'], email, accessType: 'online' });
    const access = await get(`/tokeninfo?access_token=${tokens.access_token}`);
    expect(access.body).toMatchObject({ aud: sandboxClient.clientId, email, access_type: 'online' });
    expect(Number(access.body.expires_in)).toBeGreaterThan(3_500);
    const identity = await get(`/tokeninfo?id_token=${tokens.id_token}`);
    expect(identity.body).toMatchObject({
      email,
      email_verified: 'true',
      iss: 'https://accounts.google.com',
    });
    fixture.google.tokens.expireAccessTokens(email);
    fixture.google.clock.advance(3_600_000);
    for (const query of [
      `access_token=${tokens.access_token}`,
      `id_token=${tokens.id_token}`,
      'id_token=a.b.c',
      '',
    ]) {
      expect(await get(`/tokeninfo?${query}`)).toMatchObject({
        status: 400,
        body: { error: 'invalid_token' },
      });
    }
  });
});
