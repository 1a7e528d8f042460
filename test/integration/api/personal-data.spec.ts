import request from 'supertest';
import { type AuthApp, type Registered, startAuthApp } from './auth-app';

describe('what we hold about a person', () => {
  let auth: AuthApp;
  let user: Registered;
  beforeAll(async () => {
    auth = await startAuthApp();
  });
  afterAll(() => auth.close());
  beforeEach(async () => {
    user = await auth.register({ name: 'Countess Lovelace' });
  });

  const call = (method: 'get' | 'post' | 'delete', path: string, { tokens } = user) =>
    request(auth.http)[method](path).auth(tokens.accessToken, { type: 'bearer' });
  const letProofAge = () =>
    auth.sql(`update user_sessions set authenticated_at = now() - interval '11 minutes' where user_id = $1`, [
      user.id,
    ]);

  describe('is exported', () => {
    it('whole: the account and a section of every module', async () => {
      const { body, headers } = await call('post', '/api/users/me/export').expect(200);
      expect(headers['content-disposition']).toBe('attachment; filename="inbrief-data.json"');
      expect(body).toMatchObject({
        exportedAt: expect.any(String),
        account: {
          profile: { email: user.email, name: 'Countess Lovelace' },
          sessions: [{ ipAddress: '127.0.0.1' }],
          apiKeys: [],
          auditTrail: [{ action: 'auth.user-registered' }],
        },
        gmail: { connections: user.id },
        email: { summaries: user.id },
        billing: { ledger: user.id },
        jobs: { runs: user.id },
        webhooks: { endpoints: user.id },
      });
    });

    it('without secrets', async () => {
      const { text } = await call('post', '/api/users/me/export').expect(200);
      for (const secret of [user.password, user.tokens.refreshToken, '$argon2', 'Hash'])
        expect(text).not.toContain(secret);
    });

    it('to nobody without a recent proof of identity', async () => {
      await letProofAge();
      await call('post', '/api/users/me/export').expect(403);
    });
  });

  describe('is listed as a trail', () => {
    it('of the own account only, the newest first, page by page', async () => {
      await call('post', '/api/auth/confirm-identity').send({ password: user.password }).expect(204);
      await call('post', '/api/users/me/export').expect(200);
      const first = (await call('get', '/api/users/me/audit-trail?limit=2').expect(200)).body;
      expect(first.data).toMatchObject([
        { action: 'auth.data-exported', actor: 'user', targetId: user.id },
        { action: 'auth.identity-confirmed', ipAddress: '127.0.0.1' },
      ]);
      const cursor = encodeURIComponent(first.nextCursor as string);
      const second = (await call('get', `/api/users/me/audit-trail?limit=2&cursor=${cursor}`).expect(200))
        .body;
      expect(second).toMatchObject({ data: [{ action: 'auth.user-registered' }], nextCursor: null });
      const other = await auth.register();
      expect((await call('get', '/api/users/me/audit-trail', other).expect(200)).body.data).toHaveLength(1);
    });
  });

  describe('goes with the account', () => {
    it('at once: nobody signs in, no token works, the address is free again', async () => {
      await call('delete', '/api/users/me').expect(204);
      await call('get', '/api/users/me').expect(401);
      await request(auth.http)
        .post('/api/auth/refresh')
        .send({ refreshToken: user.tokens.refreshToken })
        .expect(401);
      const { email, password } = user;
      await request(auth.http).post('/api/auth/login').send({ email, password }).expect(401);
      const again = await auth.register({ email });
      expect(again.id).not.toBe(user.id);
    });

    // Mutants: a table forgotten; an address that stays in the outbox or in the trail.
    it('from every table of ours', async () => {
      user = await auth.register({ name: 'Xanthippe', email: 'xanthippe@example.test' });
      await call('post', '/api/auth/api-keys')
        .send({ name: 'Key of Xanthippe', scopes: ['email:read'] })
        .expect(201);
      await call('post', '/api/auth/second-factor').expect(201);
      await request(auth.http)
        .patch('/api/users/me')
        .auth(user.tokens.accessToken, { type: 'bearer' })
        .send({ preferences: { timeZone: 'Indian/Chagos' } })
        .expect(200);
      await call('delete', '/api/users/me').expect(204);
      const tables = await auth.sql<{ name: string }>(
        `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
      );
      for (const { name } of tables) {
        const [dump] = await auth.sql<{ text: string | null }>(
          `select json_agg(t)::text as text from "${name}" t`,
        );
        for (const trace of [user.email, 'Xanthippe', 'Indian/Chagos'])
          expect({ name, found: dump?.text?.includes(trace) ?? false }).toEqual({ name, found: false });
      }
      for (const name of [
        'user_sessions',
        'session_refresh_tokens',
        'second_factors',
        'api_keys',
        'one_time_tokens',
      ])
        expect(await auth.sql(`select 1 from ${name} where user_id = $1`, [user.id])).toEqual([]);
      expect(
        await auth.sql('select name, status, password_hash from users where id = $1', [user.id]),
      ).toEqual([{ name: 'Deleted user', status: 'deleted', password_hash: null }]);
      // What was done stays in the audit log; where from does not.
      expect(
        await auth.sql('select distinct ip_address from audit_logs where user_id = $1 or actor_id = $1', [
          user.id,
        ]),
      ).toEqual([{ ip_address: null }]);
    });

    it('and the other modules are told', async () => {
      await call('delete', '/api/users/me').expect(204);
      const events = await auth.sql(
        `select payload from outbox_messages where type = 'auth.user-deleted.v1' and user_id = $1`,
        [user.id],
      );
      expect(events).toEqual([{ payload: { userId: user.id } }]);
    });

    it('never without a recent proof of identity', async () => {
      await letProofAge();
      await call('delete', '/api/users/me').expect(403);
      await call('get', '/api/users/me').expect(200);
    });
  });
});
