import request from 'supertest';
import { type AuthApp, type Registered, startAuthApp, type Tokens } from './auth-app';

describe('what a user does with an account', () => {
  let auth: AuthApp;
  let user: Registered;
  beforeAll(async () => {
    auth = await startAuthApp();
  });
  afterAll(() => auth.close());
  beforeEach(async () => {
    user = await auth.register();
  });

  const as = ({ accessToken }: Tokens) => ({
    get: (path: string) => request(auth.http).get(path).auth(accessToken, { type: 'bearer' }),
    post: (path: string, body?: object) =>
      request(auth.http).post(path).auth(accessToken, { type: 'bearer' }).send(body),
    patch: (path: string, body: object) =>
      request(auth.http).patch(path).auth(accessToken, { type: 'bearer' }).send(body),
    delete: (path: string) => request(auth.http).delete(path).auth(accessToken, { type: 'bearer' }),
  });
  const login = (password = user.password, email = user.email) =>
    request(auth.http).post('/api/auth/login').set('user-agent', 'Phone 1.0').send({ email, password });
  const signInAgain = async () => (await login().expect(200)).body.tokens as Tokens;

  describe('sessions', () => {
    it('are listed with device, address and last use, the current one marked', async () => {
      const phone = await signInAgain();
      const { body } = await as(phone).get('/api/auth/sessions').expect(200);
      expect(body).toHaveLength(2);
      expect(body[0]).toEqual({
        id: expect.any(String),
        device: 'Phone 1.0',
        ipAddress: '127.0.0.1',
        createdAt: expect.any(String),
        lastUsedAt: expect.any(String),
        expiresAt: expect.any(String),
        current: true,
      });
      expect(body[1]).toMatchObject({ current: false });
    });

    it('are revoked one by one, at once', async () => {
      const phone = await signInAgain();
      const { body } = await as(user.tokens).get('/api/auth/sessions').expect(200);
      const phoneId = (body as { id: string; current: boolean }[]).find(({ current }) => !current)?.id ?? '';
      await as(user.tokens).delete(`/api/auth/sessions/${phoneId}`).expect(204);
      await as(phone).get('/api/users/me').expect(401);
      await as(user.tokens).get('/api/users/me').expect(200);
      await as(user.tokens).delete(`/api/auth/sessions/${phoneId}`).expect(404);
    });

    it('of somebody else are not there', async () => {
      const other = await auth.register();
      const [session] = await auth.sql<{ id: string }>('select id from user_sessions where user_id = $1', [
        other.id,
      ]);
      await as(user.tokens).delete(`/api/auth/sessions/${session?.id}`).expect(404);
      await as(other.tokens).get('/api/users/me').expect(200);
    });

    it('all end with a logout everywhere', async () => {
      const phone = await signInAgain();
      await as(phone).post('/api/auth/logout-everywhere').expect(204);
      for (const tokens of [phone, user.tokens]) {
        await as(tokens).get('/api/users/me').expect(401);
        await request(auth.http)
          .post('/api/auth/refresh')
          .send({ refreshToken: tokens.refreshToken })
          .expect(401);
      }
    });
  });

  describe('the password', () => {
    const change = (currentPassword: string, newPassword: string) =>
      as(user.tokens).post('/api/auth/change-password', { currentPassword, newPassword });

    it('changes for who knows the current one, and signs every other device out', async () => {
      const phone = await signInAgain();
      await change(user.password, 'an even finer passphrase').expect(204);
      await as(user.tokens).get('/api/users/me').expect(200);
      await as(phone).get('/api/users/me').expect(401);
      await login().expect(401);
      await login('an even finer passphrase').expect(200);
    });

    it('stays for who does not know it, or chooses a weak one', async () => {
      expect((await change('not the passphrase', 'an even finer passphrase').expect(403)).body).toMatchObject(
        {
          code: 'auth.wrong-password',
        },
      );
      expect((await change(user.password, 'qwertyuiop123').expect(400)).body).toMatchObject({
        code: 'auth.weak-password',
      });
      await login().expect(200);
    });

    // Mutant: a counter that only sign-ins write, so that a stolen access token guesses the password for ever.
    it('cannot be guessed through the change either', async () => {
      for (let i = 0; i < 5; i++) await change('not the passphrase', 'an even finer passphrase').expect(403);
      await change(user.password, 'an even finer passphrase').expect(429);
    });

    it('makes a proof of identity recent again', async () => {
      await auth.sql(
        `update user_sessions set authenticated_at = now() - interval '11 minutes' where user_id = $1`,
        [user.id],
      );
      await as(user.tokens)
        .post('/api/auth/confirm-identity', { password: 'not the passphrase' })
        .expect(403);
      await as(user.tokens).post('/api/auth/confirm-identity', { password: user.password }).expect(204);
      const [session] = await auth.sql(
        `select authenticated_at > now() - interval '1 minute' as recent from user_sessions where user_id = $1`,
        [user.id],
      );
      expect(session).toEqual({ recent: true });
    });
  });

  describe('guessing a password', () => {
    const wait = (email: string) =>
      auth.sql(`update guess_counters set blocked_until = now() where subject_hash = sha256($1::bytea)`, [
        Buffer.from(`password:${email}`),
      ]);

    it.each([
      ['of an account', () => user.email],
      ['of no account', () => 'no.such.person@example.test'],
    ])('%s slows down after five tries, whatever addresses they come from', async (_what, address) => {
      const email = address();
      for (let i = 0; i < 5; i++) await login('not the passphrase', email).expect(401);
      const held = await login('not the passphrase', email).set('x-forwarded-for', '203.0.113.9').expect(429);
      expect(held.body).toMatchObject({ code: 'auth.too-many-attempts' });
      expect(Number(held.headers['retry-after'])).toBe(1);
      await wait(email);
      await login('not the passphrase', email).expect(401);
      expect(Number((await login('not the passphrase', email).expect(429)).headers['retry-after'])).toBe(2);
    });

    it('does not go faster in parallel', async () => {
      const began = Date.now();
      const answers = await Promise.all(Array.from({ length: 30 }, () => login('not the passphrase')));
      const seconds = (Date.now() - began) / 1_000;
      const checked = answers.filter(({ status }) => status === 401).length;
      // Five are free; the waits after them take 1, 2, 4 … seconds, so a slow machine may see one or two of them end.
      expect(checked).toBeGreaterThanOrEqual(5);
      expect(checked).toBeLessThanOrEqual(5 + Math.floor(Math.log2(seconds + 1)));
    });

    it('is forgotten after the right one', async () => {
      for (let i = 0; i < 4; i++) await login('not the passphrase').expect(401);
      await login().expect(200);
      for (let i = 0; i < 5; i++) await login('not the passphrase').expect(401);
    });

    it('never waits longer than five minutes', async () => {
      await login('not the passphrase').expect(401);
      await auth.sql(`update guess_counters set failures = 1000000 where subject_hash = sha256($1::bytea)`, [
        Buffer.from(`password:${user.email}`),
      ]);
      await login('not the passphrase').expect(401);
      expect(Number((await login().expect(429)).headers['retry-after'])).toBeLessThanOrEqual(300);
    });
  });

  describe('the profile', () => {
    it('takes a name and preferences, and keeps what is not named', async () => {
      const me = as(user.tokens);
      await me
        .patch('/api/users/me', { preferences: { timeZone: 'Europe/London', notifications: false } })
        .expect(200);
      const { body } = await me
        .patch('/api/users/me', { name: ' Ada ', preferences: { locale: 'en-GB' } })
        .expect(200);
      expect(body).toMatchObject({
        name: 'Ada',
        preferences: { timeZone: 'Europe/London', notifications: false, locale: 'en-GB' },
      });
      await me.patch('/api/users/me', { preferences: { timeZone: null } }).expect(200);
      const after = (await me.get('/api/users/me').expect(200)).body as { name: string; preferences: object };
      expect(after.name).toBe('Ada');
      expect(after.preferences).toEqual({ notifications: false, locale: 'en-GB' });
    });

    it.each([
      [{ preferences: { timeZone: 'Mars/Olympus' } }],
      [{ preferences: { theme: 'dark' } }],
      [{ preferences: [] }],
      [{ name: '' }],
      [{ name: 'x'.repeat(121) }],
      [{ email: 'other@example.test' }],
      [{ role: 'admin' }],
      [{ credits: 1000 }],
      [{ emailVerified: true }],
      [{ status: 'active' }],
      [{ id: '0190f5a2-7c1e-7d3a-9a55-1f2e3d4c5b6a' }],
    ])('refuses %j', async (change) => {
      await as(user.tokens).patch('/api/users/me', change).expect(400);
      expect((await as(user.tokens).get('/api/users/me')).body).toMatchObject({
        role: 'user',
        email: user.email,
      });
    });
  });
});
