import request from 'supertest';
import { type AuthApp, startAuthApp } from './auth-app';

describe('rate limits', () => {
  let auth: AuthApp;
  beforeEach(async () => {
    auth = await startAuthApp({ RATE_LIMIT_AUTH: '4', RATE_LIMIT_READ: '3' });
  });
  afterEach(() => auth.close());

  const login = (n: number) =>
    request(auth.http)
      .post('/api/auth/login')
      .send({ email: `nobody-${n}@example.test`, password: 'not the passphrase' });

  it('hold guessing over many accounts from one address, whatever address it claims to be', async () => {
    for (let i = 0; i < 4; i++) await login(i).set('x-forwarded-for', `203.0.113.${i}`).expect(401);
    const held = await login(9).set('x-forwarded-for', '203.0.113.9').expect(429);
    expect(held.body).toMatchObject({ code: 'request.rate-limited' });
    expect(held.headers).toMatchObject({
      'ratelimit-policy': '"auth";q=4;w=60',
      'retry-after': expect.any(String),
    });
  });

  // Mutant: counting before the caller is known, so that a whole office shares one budget.
  it('count a signed-in user apart from everybody else at the same address', async () => {
    const [ada, grace] = [await auth.register(), await auth.register()];
    const me = (token: string) => request(auth.http).get('/api/users/me').auth(token, { type: 'bearer' });
    for (let i = 0; i < 3; i++) await me(ada.tokens.accessToken).expect(200);
    await me(ada.tokens.accessToken).expect(429);
    await me(grace.tokens.accessToken).expect(200);
  });
});
