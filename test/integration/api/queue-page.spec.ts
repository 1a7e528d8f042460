import request, { type Response } from 'supertest';
import { until } from '../../../sandbox/demo/journey';
import { Queues } from '../../../src/kernel/queue/queues';
import { startTestApp, type TestApp } from '../../support/app';
import { hasRedis, RedisServer } from '../../support/redis';

interface Person {
  id: string;
  token: string;
}

interface Pass {
  cookie: string;
  attributes: string[];
}

const page = '/admin/queues/';

describe('the page of queues', () => {
  let product: TestApp;
  let people = 0;
  beforeAll(async () => {
    product = await startTestApp({ worker: false });
  });
  afterEach(() => jest.useRealTimers());
  afterAll(() => product.close());

  async function arrive(role: 'user' | 'admin', at = product): Promise<Person> {
    people += 1;
    const account = {
      email: `p${people}@example.com`,
      password: 'correct-horse-battery-staple',
      name: 'P',
    };
    const { body } = await request(at.http).post('/api/auth/register').send(account).expect(201);
    await at.sql('update users set role = $2 where id = $1', [body.user.id, role]);
    return { id: body.user.id, token: body.tokens.accessToken };
  }
  const ask = (by: Person, at = product) =>
    request(at.http).post('/api/admin/queue-page').auth(by.token, { type: 'bearer' });
  async function passFor(by: Person, at = product): Promise<Pass> {
    const answer = await ask(by, at).expect(200);
    expect(answer.body).toEqual({ path: page, expiresAt: expect.any(String) });
    const [cookie = '', ...attributes] = String(answer.headers['set-cookie']).split('; ');
    return { cookie, attributes };
  }
  const open = (path: string, cookie?: string, at = product) => {
    const call = request(at.http).get(path);
    return cookie === undefined ? call : call.set('cookie', cookie);
  };
  const refused = ({ status, body, headers, text }: Response): [number, string] => {
    expect(headers['content-type']).toBe('application/problem+json');
    expect(text).not.toContain('<html');
    return [status, (body as { code: string }).code];
  };

  it('shows an administrator the queues and what stands in them, and no script of anybody else runs there', async () => {
    await product.app.get(Queues).queue('emails').add('wake-up', { id: 'row-1', dispatchId: 'd' });
    const { cookie, attributes } = await passFor(await arrive('admin'));
    expect(attributes).toEqual(expect.arrayContaining(['HttpOnly', 'SameSite=Strict', 'Path=/admin/queues']));
    const shown = await open(page, cookie).expect(200);
    expect(shown.text).toContain('<base href="/admin/queues/"');
    expect(shown.headers['cache-control']).toBe('no-store');
    expect(shown.headers['content-security-policy']).toContain("default-src 'none';script-src 'self'");
    const [, script] = /src="(static\/js\/main[^"]+)"/.exec(shown.text) ?? [];
    await open(`${page}${script}`, cookie).expect(200);
    await open(`${page}queue/emails`, cookie).expect(200);
    const { body } = await open(`${page}api/queues?activeQueue=emails&status=waiting`, cookie).expect(200);
    expect(body.queues).toMatchObject([
      { name: 'emails', readOnlyMode: true, counts: { waiting: 1 }, jobs: [{ data: { id: 'row-1' } }] },
      { name: 'syncs', readOnlyMode: true },
    ]);
    expect(
      await product.sql(`select actor_kind from audit_logs where action = 'admin.queue-page-opened'`),
    ).toEqual([{ actor_kind: 'admin' }]);
  });

  // Mutants: a hook on the page alone, so that its API answers everybody; a pass whose signature is not checked.
  it('serves nothing of itself without a pass that we signed: no page, no script, no answer', async () => {
    const { cookie } = await passFor(await arrive('admin'));
    const [, script] = /src="(static\/js\/main[^"]+)"/.exec((await open(page, cookie)).text) ?? [];
    // What it says is right, its signature is not: the first characters are the signature's.
    const forged = cookie.replace(/=../, (start) => (start === '=AA' ? '=BB' : '=AA'));
    for (const path of [
      page,
      '/admin/queues',
      `${page}queue/emails`,
      `${page}api/queues`,
      `${page}${script}`,
    ])
      for (const tried of [undefined, forged, 'inbrief-queues=', `${cookie}; ${cookie}`])
        expect(refused(await open(path, tried))).toEqual([401, 'auth.unauthenticated']);
    // What opens the API opens no page.
    const { token } = await arrive('admin');
    expect(refused(await open(page).auth(token, { type: 'bearer' }))).toEqual([401, 'auth.unauthenticated']);
  });

  // Mutant: a pass that is asked for by anybody who is signed in.
  it('gives no pass to a user, or to an administrator whose last proof is old', async () => {
    expect(refused(await ask(await arrive('user')))).toEqual([403, 'auth.forbidden']);
    const admin = await arrive('admin');
    await product.sql(
      `update user_sessions set authenticated_at = now() - interval '11 minutes' where user_id = $1`,
      [admin.id],
    );
    expect(refused(await ask(admin))).toEqual([403, 'auth.recent-proof-needed']);
  });

  // Mutant: a pass that is trusted until it runs out (no `RequireLiveAdmin`).
  it('is closed at once for whoever is signed out, suspended, or no administrator any more', async () => {
    const endings: [what: string, sql: string, answer: [number, string]][] = [
      [
        'signed out',
        'update user_sessions set revoked_at = now() where user_id = $1',
        [401, 'auth.unauthenticated'],
      ],
      ['suspended', `update users set status = 'suspended' where id = $1`, [401, 'auth.unauthenticated']],
      ['demoted', `update users set role = 'user' where id = $1`, [403, 'auth.forbidden']],
    ];
    for (const [what, sql, answer] of endings) {
      const admin = await arrive('admin');
      const { cookie } = await passFor(admin);
      await open(`${page}api/queues`, cookie).expect(200);
      await product.sql(sql, [admin.id]);
      expect([what, refused(await open(`${page}api/queues`, cookie))]).toEqual([what, answer]);
      expect([what, refused(await open(page, cookie))]).toEqual([what, answer]);
    }
  });

  // Mutant: `expiresAt` that is signed and not read.
  it('is closed when the pass has run out', async () => {
    const { cookie } = await passFor(await arrive('admin'));
    jest.useFakeTimers({
      doNotFake: [
        'nextTick',
        'setImmediate',
        'setTimeout',
        'setInterval',
        'clearTimeout',
        'clearInterval',
        'queueMicrotask',
        'performance',
        'hrtime',
      ],
      now: Date.now() + 16 * 60_000,
    });
    expect(refused(await open(page, cookie))).toEqual([401, 'auth.unauthenticated']);
  });

  // Mutants: `readOnlyMode` gone and methods let through.
  it('changes nothing: whatever is no reading is refused', async () => {
    const { cookie } = await passFor(await arrive('admin'));
    for (const path of ['api/queues/emails/pause', 'api/queues/emails/empty', 'api/queues/pause'])
      expect(refused(await request(product.http).put(`${page}${path}`).set('cookie', cookie))).toEqual([
        405,
        'request.method-not-allowed',
      ]);
    expect(await product.app.get(Queues).queue('emails').isPaused()).toBe(false);
  });

  (hasRedis ? it : it.skip)(
    'with Redis shows what is there, and says so when it is away (skipped: no redis-server here)',
    async () => {
      let redis = await RedisServer.start();
      const port = Number(new URL(redis.url).port);
      const other = await startTestApp({ worker: false, env: { REDIS_URL: redis.url } });
      const { cookie } = await passFor(await arrive('admin', other), other);
      await other.app.get(Queues).queue('syncs').add('wake-up', { id: 'row-2', dispatchId: 'd' });
      const queues = () => open(`${page}api/queues`, cookie, other);
      expect((await queues().expect(200)).body.queues).toMatchObject([
        { name: 'emails' },
        { name: 'syncs', counts: { waiting: 1 } },
      ]);
      await redis.kill();
      expect(refused(await queues())).toEqual([503, 'admin.queues-unreachable']);
      redis = await RedisServer.start(port);
      await until(async () => (await queues()).status === 200, 'the queues to be back');
      await other.close();
      await redis.kill();
    },
  );
});
