import { testEnv } from '../../../test/support/env';
import { upstreamFetch } from '../../kernel/resilience/upstream-fetch';
import type { UpstreamOptions } from '../../kernel/resilience/upstream-options';
import type { GoogleEndpoints } from './google-endpoints';
import { GoogleOAuth } from './google-oauth';
import { GoogleUpstream } from './google-upstream';

jest.mock('../../kernel/resilience/upstream-fetch', () => ({ upstreamFetch: jest.fn() }));

class OneAttempt extends GoogleUpstream {
  protected override limited(options: UpstreamOptions): UpstreamOptions {
    return { ...options, attempts: 1 };
  }
}

const addresses = {
  tokenUrl: 'http://127.0.0.1:9/token',
  revocationUrl: 'http://127.0.0.1:9/revoke',
  userInfoUrl: 'http://127.0.0.1:9/userinfo',
};
const endpoints = {
  consentUrl: 'http://127.0.0.1:9/consent',
  oauth: () => Promise.resolve(addresses),
} as unknown as GoogleEndpoints;

/** The adapter in front of a Google that gives one answer to everything. */
function google(status: number, body: unknown): GoogleOAuth {
  jest.mocked(upstreamFetch).mockImplementation(() => {
    const headers = { 'content-type': 'application/json' };
    return Promise.resolve(new Response(JSON.stringify(body), { status, headers }));
  });
  return new GoogleOAuth(testEnv('postgresql://nobody@127.0.0.1:1/none'), endpoints, new OneAttempt());
}

describe('a code', () => {
  it('is traded for tokens', async () => {
    const answer = { access_token: 'a', refresh_token: 'r', expires_in: 3600, scope: 'openid email' };
    const tokens = await google(200, answer).exchange('code', 'verifier');
    expect(tokens).toMatchObject({ accessToken: 'a', refreshToken: 'r', scopes: ['openid', 'email'] });
    expect(tokens.expiresAt.getTime()).toBeGreaterThan(Date.now() + 3_500_000);
  });

  it('may bring no refresh token', async () => {
    const tokens = await google(200, { access_token: 'a' }).exchange('code', 'verifier');
    expect(tokens.refreshToken).toBeUndefined();
  });

  it.each([
    ['used or expired', 400, { error: 'invalid_grant' }, 'unprocessable', 'gmail.consent-expired'],
    ['refused with its client', 401, { error: 'invalid_client' }, 'internal', 'gmail.oauth-refused'],
    ['not looked at', 503, {}, 'unavailable', 'gmail.unavailable'],
    ['answered without a token', 200, {}, 'unavailable', 'gmail.token-missing'],
  ])('is told to be %s', async (_, status, body, kind, code) => {
    await expect(google(status, body).exchange('code', 'verifier')).rejects.toMatchObject({ kind, code });
  });
});

describe('a refresh token', () => {
  it('gives a token that counts as expired where Google tells no time', async () => {
    const tokens = await google(200, { access_token: 'a' }).refresh('r');
    expect(tokens).toMatchObject({ accessToken: 'a', scopes: [] });
    expect(tokens.expiresAt.getTime()).toBeLessThanOrEqual(Date.now());
  });

  it('that is no longer accepted needs the user', async () => {
    const refresh = google(400, { error: 'invalid_grant' }).refresh('r');
    await expect(refresh).rejects.toMatchObject({ kind: 'conflict', code: 'gmail.needs-reauth' });
  });
});

describe('revoking', () => {
  it.each([
    [200, {}],
    [400, { error: 'invalid_token' }],
  ])('is done when Google answers %i %j', async (status, body) => {
    await expect(google(status, body).revoke('t')).resolves.toBeUndefined();
  });

  // Mutant: every failure taken for done, which would leave the grant alive.
  it('is not done while Google is in trouble', async () => {
    await expect(google(503, {}).revoke('t')).rejects.toMatchObject({ kind: 'unavailable' });
  });
});

describe('an identity', () => {
  it.each([[{ sub: '1', email: 'Ann@Example.org' }], [{ id: '1', email: 'ann@example.org' }]])(
    'is read from %j',
    async (body) => {
      expect(await google(200, body).identity('a')).toEqual({
        subject: '1',
        emailAddress: 'ann@example.org',
      });
    },
  );

  it.each([[{ email: 'ann@example.org' }], [{ sub: '1' }]])('is unknown from %j', async (body) => {
    await expect(google(200, body).identity('a')).rejects.toMatchObject({ code: 'gmail.identity-unknown' });
  });
});
