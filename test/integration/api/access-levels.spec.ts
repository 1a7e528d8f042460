import { Controller, Delete, Get, Post } from '@nestjs/common';
import request from 'supertest';
import { createOpaqueToken } from '../../../src/kernel/crypto/opaque-token';
import { Access } from '../../../src/kernel/http/access.decorator';
import { CurrentUser, type Principal } from '../../../src/kernel/http/principal';
import { type AuthApp, type Registered, startAuthApp } from './auth-app';

@Controller()
@Access('user')
class ProbeController {
  @Get('api/email/probe')
  read(@CurrentUser() principal: Principal): Principal {
    return principal;
  }

  @Post('api/email/probe')
  write(@CurrentUser() principal: Principal): Principal {
    return principal;
  }

  @Delete('api/gmail/probe/:id')
  other(): object {
    return {};
  }

  @Get('api/admin/probe')
  @Access('admin')
  admin(@CurrentUser() principal: Principal): Principal {
    return principal;
  }

  @Get('internal/probe')
  @Access('service', 'audit')
  service(): object {
    return {};
  }
}

describe('levels of access', () => {
  let auth: AuthApp;
  let user: Registered;
  beforeAll(async () => {
    auth = await startAuthApp({}, [ProbeController]);
  });
  afterAll(() => auth.close());
  beforeEach(async () => {
    user = await auth.register();
  });

  const call = (method: 'get' | 'post' | 'delete', path: string, token: string) =>
    request(auth.http)[method](path).auth(token, { type: 'bearer' });
  const createKey = (terms: object, token = user.tokens.accessToken) =>
    call('post', '/api/auth/api-keys', token).send({ name: 'script', ...terms });
  const keyWith = async (...scopes: string[]) => (await createKey({ scopes }).expect(201)).body.key as string;

  describe('admin', () => {
    it('is the role in the database at the time of the call', async () => {
      await call('get', '/api/admin/probe', user.tokens.accessToken).expect(403);
      await auth.sql(`update users set role = 'admin' where id = $1`, [user.id]);
      await call('get', '/api/admin/probe', user.tokens.accessToken).expect(200);
      await auth.sql(`update users set role = 'user' where id = $1`, [user.id]);
      await call('get', '/api/admin/probe', user.tokens.accessToken).expect(403);
      await request(auth.http).get('/api/admin/probe').expect(401);
    });
  });

  describe('service', () => {
    const [key, other] = [createOpaqueToken('ibs_'), createOpaqueToken('ibs_')];

    it('takes a key of the scope that the route states, and nobody else', async () => {
      const entries = [
        `auditor:audit:${key.hash.toString('hex')}`,
        `prometheus:metrics:${other.hash.toString('hex')}`,
      ];
      const open = await startAuthApp({ SERVICE_KEYS: entries.join(',') }, [ProbeController]);
      const probe = (token: string, path = '/internal/probe') =>
        request(open.http).get(path).auth(token, { type: 'bearer' });
      try {
        await probe(key.token).expect(200);
        expect((await probe(other.token).expect(403)).body).toMatchObject({ code: 'auth.scope-missing' });
        await probe((await open.register()).tokens.accessToken).expect(401);
        await request(open.http).get('/internal/probe').expect(401);
        for (const path of ['/api/email/probe', '/api/admin/probe']) await probe(key.token, path).expect(401);
        expect((await probe(key.token, '/internal/audit-head').expect(200)).body).toEqual({ head: null });
      } finally {
        await open.close();
      }
    });

    it('is closed where no key is configured', async () => {
      for (const token of ['', 'undefined', key.token])
        await request(auth.http).get('/internal/probe').set('authorization', `Bearer ${token}`).expect(401);
    });
  });

  describe('API keys', () => {
    it('do what their scopes say, as their owner, and nothing else', async () => {
      const key = await keyWith('email:read');
      const { body } = await call('get', '/api/email/probe', key).expect(200);
      expect(body).toMatchObject({ userId: user.id, role: 'user', scopes: ['email:read'] });
      expect((await call('post', '/api/email/probe', key).expect(403)).body).toMatchObject({
        code: 'auth.scope-missing',
      });
      await call('delete', '/api/gmail/probe/1', key).expect(403);
      await call('delete', '/api/gmail/probe/1', await keyWith('gmail:write')).expect(200);
    });

    // Mutant: a key that makes keys, reads sessions or deletes the account outlives its own revocation.
    it('never reach accounts, sessions, keys, administration or internals, whoever owns them', async () => {
      await auth.sql(`update users set role = 'admin' where id = $1`, [user.id]);
      const key = await keyWith(
        'email:read',
        'email:write',
        'gmail:read',
        'gmail:write',
        'billing:read',
        'billing:write',
      );
      for (const path of ['/api/users/me', '/api/auth/sessions', '/api/auth/api-keys', '/api/admin/probe'])
        await call('get', path, key).expect(403);
      await createKey({ scopes: ['email:read'] }, key).expect(403);
      await call('post', '/api/auth/logout-everywhere', key).expect(403);
      await call('get', '/internal/probe', key).expect(401);
    });

    it('stop at once when revoked, expired, or when their owner is suspended', async () => {
      const [revoked, expired, suspended] = [
        await keyWith('email:read'),
        await keyWith('email:read'),
        await keyWith('email:read'),
      ];
      const { body } = await call('get', '/api/auth/api-keys', user.tokens.accessToken).expect(200);
      const ids = (body as { id: string; prefix: string }[]).map(({ id, prefix }) => ({ id, prefix }));
      const idOf = (key: string) => ids.find(({ prefix }) => key.startsWith(prefix))?.id ?? '';
      await call('delete', `/api/auth/api-keys/${idOf(revoked)}`, user.tokens.accessToken).expect(204);
      await call('get', '/api/email/probe', revoked).expect(401);
      await call('delete', `/api/auth/api-keys/${idOf(revoked)}`, user.tokens.accessToken).expect(404);
      await auth.sql('update api_keys set expires_at = now() where id = $1', [idOf(expired)]);
      await call('get', '/api/email/probe', expired).expect(401);
      await call('get', '/api/email/probe', suspended).expect(200);
      await auth.sql(`update users set status = 'suspended' where id = $1`, [user.id]);
      await call('get', '/api/email/probe', suspended).expect(401);
    });

    it('are shown once and kept as a hash', async () => {
      const key = await keyWith('email:read');
      expect(key).toMatch(/^ibk_[\w-]{43}$/);
      const { text, body } = await call('get', '/api/auth/api-keys', user.tokens.accessToken).expect(200);
      expect(text).not.toContain(key);
      expect(body).toEqual([
        {
          id: expect.any(String),
          name: 'script',
          prefix: key.slice(0, 12),
          scopes: ['email:read'],
          createdAt: expect.any(String),
          lastUsedAt: null,
          expiresAt: null,
        },
      ]);
      const [dump] = await auth.sql<{ text: string }>(
        `select (select json_agg(k)::text from api_keys k) || (select json_agg(a)::text from audit_logs a) as text`,
      );
      expect(dump?.text).not.toContain(key);
      await call('get', '/api/email/probe', key).expect(200);
      const used = await call('get', '/api/auth/api-keys', user.tokens.accessToken).expect(200);
      expect(used.body[0].lastUsedAt).toEqual(expect.any(String));
    });

    it('of somebody else are not there', async () => {
      await keyWith('email:read');
      const [row] = await auth.sql<{ id: string }>('select id from api_keys where user_id = $1', [user.id]);
      const other = await auth.register();
      await call('delete', `/api/auth/api-keys/${row?.id}`, other.tokens.accessToken).expect(404);
      expect((await call('get', '/api/auth/api-keys', other.tokens.accessToken)).body).toEqual([]);
    });

    it.each([
      [{ scopes: [] }],
      [{ scopes: ['admin:write'] }],
      [{ scopes: ['email:read', 'email:read'] }],
      [{ scopes: 'email:read' }],
      [{ scopes: ['email:read'], name: '' }],
      [{ scopes: ['email:read'], expiresInDays: 0 }],
      [{ scopes: ['email:read'], userId: '0190f5a2-7c1e-7d3a-9a55-1f2e3d4c5b6a' }],
    ])('are not made of %j', async (terms) => {
      await createKey(terms).expect(400);
    });

    it('need a recent proof of identity and stay few', async () => {
      await auth.sql(
        `update user_sessions set authenticated_at = now() - interval '11 minutes' where user_id = $1`,
        [user.id],
      );
      expect((await createKey({ scopes: ['email:read'] }).expect(403)).body).toMatchObject({
        code: 'auth.recent-proof-needed',
      });
      await call('post', '/api/auth/confirm-identity', user.tokens.accessToken)
        .send({ password: user.password })
        .expect(204);
      for (let i = 0; i < 25; i++) await keyWith('email:read');
      await createKey({ scopes: ['email:read'] }).expect(409);
    });

    it('that are none are refused', async () => {
      for (const key of [`ibk_${'a'.repeat(43)}`, 'ibk_', `ibk_${'a'.repeat(42)}`])
        await call('get', '/api/email/probe', key).expect(401);
    });
  });
});
