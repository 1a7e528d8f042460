import request from 'supertest';
import { type AuthApp, closeSignups, type Registered, startAuthApp, type Tokens } from './auth-app';

describe('accounts and sessions', () => {
  let auth: AuthApp;
  beforeAll(async () => {
    auth = await startAuthApp();
  });
  afterAll(() => auth.close());

  const me = (token: string) => request(auth.http).get('/api/users/me').auth(token, { type: 'bearer' });
  const refresh = (refreshToken: string) =>
    request(auth.http).post('/api/auth/refresh').send({ refreshToken });
  const login = ({ email, password }: { email: string; password: string }) =>
    request(auth.http).post('/api/auth/login').send({ email, password });

  describe('registration', () => {
    it('answers with the account, tokens that work and a consent URL, and leaves its event in the outbox and one audit row', async () => {
      const answer = await request(auth.http)
        .post('/api/auth/register')
        .send({ email: ' Grace@Example.Test ', password: 'cobol is for people', name: ' Grace Hopper ' })
        .expect(201);
      const { user, tokens, gmailConsentUrl } = answer.body;
      expect(user).toEqual({
        id: expect.any(String),
        email: 'grace@example.test',
        name: 'Grace Hopper',
        role: 'user',
        emailVerified: false,
        secondFactor: false,
        preferences: {},
        createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
      });
      expect(tokens).toEqual({
        accessToken: expect.any(String),
        refreshToken: expect.any(String),
        expiresInSeconds: 600,
      });
      expect(gmailConsentUrl).toContain(user.id);
      await me(tokens.accessToken).expect(200, user);
      const events = await auth.sql(
        'select type, subject_id, payload from outbox_messages where user_id = $1 order by id limit 1',
        [user.id],
      );
      expect(events).toEqual([
        {
          type: 'auth.user-registered.v1',
          subject_id: user.id,
          payload: { userId: user.id },
        },
      ]);
      const trail = await auth.sql('select actor_kind, actor_id, action from audit_logs where user_id = $1', [
        user.id,
      ]);
      expect(trail).toEqual([{ actor_kind: 'user', actor_id: user.id, action: 'auth.user-registered' }]);
    });

    it('stores neither the password nor a token as they are', async () => {
      const { id, password, tokens } = await auth.register();
      const [{ dump } = { dump: '' }] = await auth.sql<{ dump: string }>(
        `select json_build_array(u, s, t)::text as dump from users u join user_sessions s on s.user_id = u.id
         join session_refresh_tokens t on t.session_id = s.id where u.id = $1`,
        [id],
      );
      expect(dump).toContain('$argon2id$');
      const secret = Buffer.from(tokens.refreshToken, 'base64url').toString('hex');
      for (const text of [password, tokens.refreshToken, secret, tokens.accessToken])
        expect(dump).not.toContain(text);
    });

    it('is closed while sign-ups are, and says so', async () => {
      const person = { email: 'late@example.com', password: 'another passphrase', name: 'Eve' };
      const attempt = () => request(auth.http).post('/api/auth/register').send(person);
      await closeSignups(auth, async () => {
        const refused = await attempt().expect(403);
        expect(refused.body).toMatchObject({ code: 'auth.signups-closed' });
      });
      await attempt().expect(201);
    });

    it('refuses a taken address, however it is cased, and keeps the first account', async () => {
      const first = await auth.register();
      const answer = await request(auth.http)
        .post('/api/auth/register')
        .send({ email: first.email.toUpperCase(), password: 'another passphrase', name: 'Eve' })
        .expect(409);
      expect(answer.body).toMatchObject({ code: 'auth.email-taken' });
      await login(first).expect(200);
    });

    it.each([
      ['a short password', { password: 'short' }],
      ['a common password', { password: 'Password123!' }],
      ['its own address as password', { password: 'eve.of.the.house@example.test' }],
      ['one sign repeated', { password: 'abababababab' }],
      ['no address', { email: 'eve' }],
      ['an empty name', { name: '   ' }],
    ])('refuses %s with 400', async (_what, fault) => {
      const good = { email: 'eve.of.the.house@example.test', password: 'a fine passphrase', name: 'Eve' };
      await request(auth.http)
        .post('/api/auth/register')
        .send({ ...good, ...fault })
        .expect(400);
    });

    it('refuses every column that is not for the caller to set', async () => {
      for (const column of ['role', 'status', 'credits', 'id', 'userId', 'emailVerifiedAt', 'passwordHash'])
        await request(auth.http)
          .post('/api/auth/register')
          .send({ email: 'eve@example.test', password: 'a fine passphrase', name: 'Eve', [column]: 'admin' })
          .expect(400);
      expect(await auth.sql(`select 1 from users where email = 'eve@example.test'`)).toEqual([]);
    });
  });

  describe('sign-in', () => {
    it('opens a session of its own for the right password', async () => {
      const user = await auth.register();
      const answer = await login({ ...user, email: user.email.toUpperCase() }).expect(200);
      expect(answer.body.user).toMatchObject({ id: user.id });
      await me((answer.body.tokens as Tokens).accessToken).expect(200);
      expect(await auth.sql('select 1 from user_sessions where user_id = $1', [user.id])).toHaveLength(2);
    });

    it('answers a wrong password and an unknown address alike', async () => {
      const user = await auth.register();
      const wrong = await login({ ...user, password: 'not the passphrase' }).expect(401);
      const unknown = await login({ email: 'nobody@example.test', password: 'not the passphrase' }).expect(
        401,
      );
      const strip = (body: object) => ({ ...body, requestId: undefined });
      expect(strip(wrong.body as object)).toEqual(strip(unknown.body as object));
      expect(wrong.body).toMatchObject({ code: 'auth.invalid-credentials' });
    });

    it('tells a suspended user so, but only behind the right password', async () => {
      const user = await auth.register();
      await auth.sql(`update users set status = 'suspended' where id = $1`, [user.id]);
      expect((await login(user).expect(403)).body).toMatchObject({ code: 'auth.account-suspended' });
      await login({ ...user, password: 'not the passphrase' }).expect(401);
    });
  });

  describe('refresh', () => {
    it('trades a refresh token for the next pair', async () => {
      const { tokens } = await auth.register();
      const next = (await refresh(tokens.refreshToken).expect(200)).body as Tokens;
      expect(next.refreshToken).not.toBe(tokens.refreshToken);
      await me(next.accessToken).expect(200);
      await refresh(next.refreshToken).expect(200);
    });

    // Mutants: rotation without the session's lock; a losing call that rotates once more; a loser that is refused.
    it('rotates once when 20 calls come at the same time, and gives them all the same successor', async () => {
      const { id, tokens } = await auth.register();
      // Open connections first: while the others still connect, one call would be done before they look.
      await Promise.all(Array.from({ length: 20 }, () => me(tokens.accessToken).expect(200)));
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => refresh(tokens.refreshToken).expect(200)),
      );
      expect(new Set(answers.map(({ body }) => (body as Tokens).refreshToken)).size).toBe(1);
      const rows = await auth.sql('select retired_at from session_refresh_tokens where user_id = $1', [id]);
      expect(rows).toHaveLength(2);
      await refresh((answers[0]?.body as Tokens).refreshToken).expect(200);
    });

    it('leads a token of two rotations ago to the live one within the grace', async () => {
      const { tokens } = await auth.register();
      const second = (await refresh(tokens.refreshToken).expect(200)).body as Tokens;
      const third = (await refresh(second.refreshToken).expect(200)).body as Tokens;
      const late = (await refresh(tokens.refreshToken).expect(200)).body as Tokens;
      expect(late.refreshToken).toBe(third.refreshToken);
    });

    const outliveGrace = (user: Registered) =>
      auth.sql(
        `update session_refresh_tokens set retired_at = retired_at - interval '21 seconds' where user_id = $1`,
        [user.id],
      );

    // Mutants: only the last retired token is known; the revocation rolls back with the refusal.
    it('ends the session when a retired token comes back, however many rotations ago it was retired', async () => {
      const user = await auth.register();
      let live = user.tokens;
      for (let i = 0; i < 3; i++) live = (await refresh(live.refreshToken).expect(200)).body as Tokens;
      await outliveGrace(user);
      expect((await refresh(user.tokens.refreshToken).expect(401)).body).toMatchObject({
        code: 'auth.invalid-refresh-token',
      });
      await refresh(live.refreshToken).expect(401);
      await me(live.accessToken).expect(401);
      const [session] = await auth.sql('select revoke_reason from user_sessions where user_id = $1', [
        user.id,
      ]);
      expect(session).toEqual({ revoke_reason: 'refresh token reused' });
    });

    it.each([
      ['revoked', `update user_sessions set revoked_at = now() where user_id = $1`],
      ['past its end', `update user_sessions set expires_at = now() where user_id = $1`],
      [
        'idle for too long',
        `update user_sessions set last_used_at = now() - interval '31 days' where user_id = $1`,
      ],
      ['of a suspended user', `update users set status = 'suspended' where id = $1`],
    ])('refuses a session that is %s', async (_what, change) => {
      const user = await auth.register();
      await auth.sql(change, [user.id]);
      await refresh(user.tokens.refreshToken).expect(401);
    });

    it('refuses what is no token of ours', async () => {
      for (const token of ['', 'x', 'a'.repeat(43), 'a'.repeat(100)]) await refresh(token).expect(401);
      await refresh('a'.repeat(101)).expect(400);
    });
  });

  describe('the state of a session', () => {
    it('ends at once with logout, and other sessions go on', async () => {
      const user = await auth.register();
      const other = (await login(user).expect(200)).body.tokens as Tokens;
      await request(auth.http)
        .post('/api/auth/logout')
        .auth(user.tokens.accessToken, { type: 'bearer' })
        .expect(204);
      await me(user.tokens.accessToken).expect(401);
      await refresh(user.tokens.refreshToken).expect(401);
      await me(other.accessToken).expect(200);
    });

    // Mutant: session state kept in the process, so that another process's write is seen only later.
    it('is what another process has just made of it', async () => {
      const user = await auth.register();
      await me(user.tokens.accessToken).expect(200);
      await auth.sql(`update users set role = 'admin' where id = $1`, [user.id]);
      expect((await me(user.tokens.accessToken).expect(200)).body).toMatchObject({ role: 'admin' });
      await auth.sql(`update users set status = 'suspended' where id = $1`, [user.id]);
      await me(user.tokens.accessToken).expect(401);
    });
  });
});
