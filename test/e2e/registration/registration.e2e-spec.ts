import request from 'supertest';
import { until } from '../../../sandbox/demo/journey';
import { type MailCatcher, startMailCatcher } from '../../../sandbox/mail/mail-catcher';
import { startTestApp, type TestApp } from '../../support/app';

const ada = { email: 'ada@example.com', password: 'a fine passphrase' };
const newPassword = 'an even finer passphrase';

interface Tokens {
  accessToken: string;
  refreshToken: string;
}

describe('the life of an account', () => {
  let product: TestApp;
  let post: MailCatcher;
  let tokens: Tokens;
  let userId: string;
  beforeAll(async () => {
    post = await startMailCatcher();
    product = await startTestApp({ env: { SMTP_URL: post.url } });
  });
  afterAll(async () => {
    await product.close();
    await post.close();
  });

  const send = (path: string, body: object) => request(product.http).post(path).send(body);
  const as = (method: 'get' | 'post' | 'delete', path: string) =>
    request(product.http)[method](path).auth(tokens.accessToken, { type: 'bearer' });
  const mailedToken = async (purpose: string): Promise<string> => {
    const find = () =>
      post.to(ada.email).map(({ text }) => new RegExp(`#${purpose}=([\\w-]+)`).exec(text)?.[1]);
    await until(() => Promise.resolve(find().some(Boolean)), `the mail to ${purpose}`);
    return find().findLast(Boolean) ?? '';
  };

  it('begins with a registration that opens a wallet and the way to Gmail', async () => {
    const { body } = await send('/api/auth/register', { ...ada, name: 'Ada Lovelace' }).expect(201);
    tokens = body.tokens as Tokens;
    userId = body.user.id as string;
    const consent = new URL(body.gmailConsentUrl as string);
    expect(consent.origin).toBe(product.google.url);
    expect(consent.searchParams.get('code_challenge_method')).toBe('S256');
    await until(async () => (await as('get', '/api/billing/balance')).status === 200, 'the wallet');
    await as('get', '/api/dashboard').expect(200);
  });

  it('verifies its address by the mail that came', async () => {
    await send('/api/auth/verify-email', { token: await mailedToken('verify-email') }).expect(204);
    expect((await as('get', '/api/users/me').expect(200)).body).toMatchObject({ emailVerified: true });
  });

  it('is used from a second device, until that one is signed out', async () => {
    const phone = (await send('/api/auth/login', ada).expect(200)).body.tokens as Tokens;
    const { body } = await as('get', '/api/auth/sessions').expect(200);
    const other = (body as { id: string; current: boolean }[]).find(({ current }) => !current);
    await as('delete', `/api/auth/sessions/${other?.id}`).expect(204);
    await send('/api/auth/refresh', { refreshToken: phone.refreshToken }).expect(401);
  });

  it('stays signed in by refreshing', async () => {
    tokens = (await send('/api/auth/refresh', { refreshToken: tokens.refreshToken }).expect(200))
      .body as Tokens;
    await as('get', '/api/users/me').expect(200);
  });

  it('comes back after a forgotten password', async () => {
    await send('/api/auth/forgot-password', { email: ada.email }).expect(202);
    await send('/api/auth/reset-password', {
      token: await mailedToken('reset-password'),
      newPassword,
    }).expect(204);
    await as('get', '/api/users/me').expect(401);
    await send('/api/auth/login', ada).expect(401);
    const signedIn = await send('/api/auth/login', { email: ada.email, password: newPassword }).expect(200);
    tokens = signedIn.body.tokens as Tokens;
  });

  it('reads a script in by an API key that can read and nothing more', async () => {
    const key = await as('post', '/api/auth/api-keys')
      .send({ name: 'script', scopes: ['dashboard:read'] })
      .expect(201);
    const bearer = { type: 'bearer' } as const;
    await request(product.http)
      .get('/api/dashboard')
      .auth(key.body.key as string, bearer)
      .expect(200);
    await request(product.http)
      .post('/api/gmail/sync')
      .auth(key.body.key as string, bearer)
      .expect(403);
  });

  it('finds all of it in its trail', async () => {
    const { body } = await as('get', '/api/users/me/audit-trail').expect(200);
    const actions = (body.data as { action: string }[]).map(({ action }) => action);
    for (const action of [
      'auth.user-registered',
      'auth.email-verified',
      'auth.signed-in',
      'auth.session-revoked',
      'auth.session-refreshed',
      'auth.password-reset',
      'auth.api-key-created',
    ])
      expect(actions).toContain(action);
  });

  it('ends when it is deleted, and leaves no name and no violation behind', async () => {
    await as('delete', '/api/users/me').expect(204);
    await as('get', '/api/users/me').expect(401);
    expect(await product.sql('select status, name from users where id = $1', [userId])).toEqual([
      { status: 'deleted', name: 'Deleted user' },
    ]);
    const open = () => product.sql('select 1 from outbox_messages where published_at is null');
    await until(async () => (await open()).length === 0, 'everybody to be told');
    expect(await product.sql('select * from ledger_violations')).toEqual([]);
  });
});
