import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import request from 'supertest';
import { IdempotencyRepository } from '../../../src/kernel/http/idempotency/idempotency.repository';
import { startTestApp, type TestApp } from '../../support/app';
import { eventually } from '../../support/billing-app';

interface User {
  id: string;
  token: string;
}

const rule = { name: 'News', kind: 'archive', lists: ['news.example.org'] };

describe('what every route does alike', () => {
  let app: TestApp;
  let user: User;
  beforeAll(async () => {
    app = await startTestApp({ worker: false });
    user = await register();
  });
  afterAll(() => app.close());

  async function register(): Promise<User> {
    const email = `${randomUUID()}@example.test`;
    const { body } = await request(app.http)
      .post('/api/auth/register')
      .send({ email, password: 'a fine passphrase', name: 'Ada' })
      .expect(201);
    return { id: body.user.id, token: body.tokens.accessToken };
  }
  const call = (method: 'get' | 'post' | 'patch' | 'put', path: string, as = user) =>
    request(app.http)[method](path).auth(as.token, { type: 'bearer' });
  const addRule = (key: string, body: object = rule, as = user) =>
    call('post', '/api/email/rules', as).set('idempotency-key', key).send(body);
  const rulesOf = (as: User) => app.sql('select id from email_rules where user_id = $1', [as.id]);

  /** Holds a row until all of the calls wait for it, so that they meet at the worst moment there is. */
  async function meetingAt(
    table: string,
    id: string,
    send: () => request.Test[],
  ): Promise<Promise<request.Response>[]> {
    const holder = new Client({ connectionString: app.ownerUrl });
    await holder.connect();
    try {
      await holder.query(`begin`);
      await holder.query(`select from ${table} where id = $1 for update`, [id]);
      const calls = send().map((sent) => Promise.resolve(sent));
      await eventually(async () => {
        const [row] = await app.sql<{ waiting: number }>(
          `select count(*)::int as waiting from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
        );
        return row?.waiting === calls.length;
      }, 'every call to wait for the row');
      await holder.query('commit');
      return calls;
    } finally {
      await holder.end();
    }
  }

  describe('Idempotency-Key', () => {
    it('answers a repetition as it answered the first call, marked, and makes nothing twice', async () => {
      const me = await register();
      const first = await addRule('k1', rule, me).expect(201);
      const again = await addRule('k1', { ...rule, name: rule.name }, me).expect(201);
      expect(first.headers).not.toHaveProperty('idempotency-replayed');
      expect(again.headers['idempotency-replayed']).toBe('true');
      expect(again.body).toEqual(first.body);
      expect(await rulesOf(me)).toHaveLength(1);
      // The order of properties is not another body.
      await addRule('k1', { lists: rule.lists, name: rule.name, kind: rule.kind }, me).expect(201);
      await addRule('k2', rule, me).expect(201);
      await call('post', '/api/email/rules', me).send(rule).expect(201);
      expect(await rulesOf(me)).toHaveLength(3);
    });

    // Mutant: a claim that is looked for and then made lets several through.
    it('lets one of twenty twins through; the others hear that it runs, or its answer', async () => {
      const me = await register();
      const answers = await Promise.all(Array.from({ length: 20 }, () => addRule('twin', rule, me)));
      const codes = new Set(answers.map(({ status, body }) => `${status} ${body.code ?? ''}`));
      expect([...codes].sort()).toEqual(expect.arrayContaining(['201 ']));
      for (const code of codes) expect(['201 ', '409 request.idempotency-in-progress']).toContain(code);
      for (const twin of answers.filter(({ status }) => status === 409))
        expect(twin.headers['retry-after']).toBe('1');
      expect(await rulesOf(me)).toHaveLength(1);
    });

    it('is bound to its body, its user and its operation', async () => {
      const me = await register();
      await addRule('k', rule, me).expect(201);
      const other = await addRule('k', { ...rule, name: 'Other' }, me).expect(422);
      expect(other.body.code).toBe('request.idempotency-key-reused');
      await addRule('k', rule, await register()).expect(201);
      const elsewhere = await call('post', '/api/auth/api-keys', me)
        .set('idempotency-key', 'k')
        .send({ name: 'script', scopes: ['email:read'] })
        .expect(201);
      expect(elsewhere.body.key).toMatch(/^ibk_/);
    });

    // Mutant: an API key that is kept readable beside its hash.
    it('keeps answers sealed: a key that was shown once is shown again to its maker and nowhere stored', async () => {
      const make = () =>
        call('post', '/api/auth/api-keys')
          .set('idempotency-key', 'make')
          .send({ name: 's', scopes: ['email:read'] });
      const first = await make().expect(201);
      expect((await make().expect(201)).body).toEqual(first.body);
      const [kept] = await app.sql<{ row: string }>(
        `select encode(answer, 'escape') || k::text as row from idempotency_keys k where key = 'make'`,
      );
      expect(kept?.row).not.toContain((first.body.key as string).slice(4));
      // Another session of the same user is another caller: it may not have proved who it is.
      await app.sql(`update idempotency_keys set request_hash = 'another session' where key = 'make'`);
      await make().expect(422);
    });

    it('is free again after a refusal, since nothing was done', async () => {
      const me = await register();
      await addRule('r', { ...rule, lists: [] }, me).expect(400);
      await addRule('r', rule, me).expect(201);
    });

    // Mutant: a lock without an end makes one crash the end of a key.
    it('is free again when the process that held it died', async () => {
      const me = await register();
      await addRule('d', rule, me).expect(201);
      await app.sql(
        `update idempotency_keys set status = null, answer = null, locked_until = now() + interval '1 minute' where user_id = $1`,
        [me.id],
      );
      await addRule('d', rule, me).expect(409);
      await app.sql(`update idempotency_keys set locked_until = now() where user_id = $1`, [me.id]);
      await addRule('d', { ...rule, name: 'Other' }, me).expect(422);
      await addRule('d', rule, me).expect(201);
    });

    it('whose answer can no longer be unsealed says that the call was done', async () => {
      const me = await register();
      await addRule('g', rule, me).expect(201);
      await app.sql(`update idempotency_keys set answer = 'x' where user_id = $1`, [me.id]);
      expect((await addRule('g', rule, me).expect(410)).body.code).toBe('request.idempotency-answer-gone');
    });

    it.each(['', 'with space', 'x'.repeat(256)])('%j is none', async (key) => {
      expect((await addRule(key).expect(400)).body.code).toBe('request.idempotency-key');
    });

    it('is forgotten after a day, with its account, and by maintenance', async () => {
      const me = await register();
      await addRule('old', rule, me).expect(201);
      await app.sql(`update idempotency_keys set expires_at = now() where user_id = $1`, [me.id]);
      await addRule('old', { ...rule, name: 'Anew' }, me).expect(201);
      expect(await rulesOf(me)).toHaveLength(2);
      await app.sql(
        `update idempotency_keys set expires_at = now() - interval '1 second' where user_id = $1`,
        [me.id],
      );
      await app.app.get(IdempotencyRepository).purge();
      expect(await app.sql('select from idempotency_keys where user_id = $1', [me.id])).toEqual([]);
      await addRule('mine', rule, me).expect(201);
      await request(app.http).delete('/api/users/me').auth(me.token, { type: 'bearer' }).expect(204);
      expect(await app.sql('select from idempotency_keys where user_id = $1', [me.id])).toEqual([]);
    });
  });

  describe('ETag', () => {
    it('spares a reader the body that it has', async () => {
      const first = await call('get', '/api/users/me').expect(200);
      const again = await call('get', '/api/users/me')
        .set('if-none-match', String(first.headers.etag))
        .expect(304);
      expect(again.text).toBe('');
      expect(again.headers).toMatchObject({ etag: first.headers.etag, 'cache-control': 'private, no-cache' });
      await call('patch', '/api/users/me').send({ name: 'Grace' }).expect(200);
      await call('get', '/api/users/me').set('if-none-match', String(first.headers.etag)).expect(200);
    });

    // Mutant: a condition that is checked outside of the edit's transaction lets several of these through.
    it('lets one of four edits on the same version through', async () => {
      const me = await register();
      const { headers } = await call('get', '/api/users/me', me).expect(200);
      const edits = await meetingAt('users', me.id, () =>
        Array.from({ length: 4 }, (_, i) =>
          call('patch', '/api/users/me', me)
            .set('if-match', String(headers.etag))
            .send({ name: `Name ${i}` }),
        ),
      );
      const answers = await Promise.all(edits);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
      const refused = answers.find(({ status }) => status === 412);
      expect(refused?.body).toMatchObject({ code: 'request.precondition-failed', status: 412 });
      const made = answers.find(({ status }) => status === 200);
      // The edit's own answer carries the tag for the next edit.
      await call('patch', '/api/users/me', me)
        .set('if-match', String(made?.headers.etag))
        .send({ name: 'Next' })
        .expect(200);
      await call('patch', '/api/users/me', me).set('if-match', '*').send({ name: 'Any' }).expect(200);
      await call('patch', '/api/users/me', me).send({ name: 'Whatever' }).expect(200);
    });

    it('guards rules', async () => {
      const { body } = await addRule(randomUUID()).expect(201);
      const path = `/api/email/rules/${body.id}`;
      const { headers, body: read } = await call('get', path).expect(200);
      expect(read).toEqual(body);
      await call('patch', path).set('if-match', String(headers.etag)).send({ enabled: false }).expect(204);
      await call('patch', path).set('if-match', String(headers.etag)).send({ enabled: true }).expect(412);
      await call('get', `/api/email/rules/${randomUUID()}`).expect(404);
    });

    it('guards mailboxes, by what their owner can edit of them', async () => {
      const id = randomUUID();
      await app.sql(
        `insert into gmail_connections (id, user_id, google_subject, email_address, status)
         values ($1::uuid, $2, 'subject', 'a@example.com', 'paused')`,
        [id, user.id],
      );
      const path = `/api/gmail/connections/${id}`;
      const { headers } = await call('get', path).expect(200);
      await app.sql(`update gmail_connections set last_error_code = 'gmail.unavailable' where id = $1`, [id]);
      await call('patch', path)
        .set('if-match', String(headers.etag))
        .send({ skipLabels: ['SPAM'] })
        .expect(204);
      await call('patch', path).set('if-match', String(headers.etag)).send({ skipLabels: [] }).expect(412);
    });

    it('guards top-ups', async () => {
      await app.sql('insert into billing_accounts (user_id) values ($1) on conflict do nothing', [user.id]);
      await app.sql('select ledger_open_wallet($1)', [user.id]);
      const { headers } = await call('get', '/api/billing/top-up').expect(200);
      const edit = (threshold: number) =>
        call('put', '/api/billing/top-up')
          .set('if-match', String(headers.etag))
          .send({ enabled: false, threshold });
      const made = await edit(77).expect(200);
      expect(made.headers.etag).toBe((await call('get', '/api/billing/top-up')).headers.etag);
      await edit(78).expect(412);
    });
  });

  it('Link names the next page, with the filters of this one', async () => {
    const me = await register();
    for (const name of ['Ada', 'Grace', 'Joan'])
      await call('patch', '/api/users/me', me).send({ name }).expect(200);
    const seen: string[] = [];
    let path: string | undefined = '/api/users/me/audit-trail?limit=2';
    while (path !== undefined) {
      const { body, headers }: request.Response = await call('get', path, me).expect(200);
      seen.push(...(body.data as { id: string }[]).map(({ id }) => id));
      expect('link' in headers).toBe(body.nextCursor !== null);
      path = /^<([^>]+)>; rel="next"$/.exec(String(headers.link))?.[1];
      if (path) expect(path).toMatch(/^\/api\/users\/me\/audit-trail\?limit=2&cursor=/);
    }
    expect(seen.length).toBeGreaterThan(2);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('X-Request-Id and traceparent come back', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const { headers } = await call('get', '/api/users/me').set({
      traceparent,
      'x-request-id': 'my-request-1',
    });
    expect(headers).toMatchObject({ traceparent, 'x-request-id': 'my-request-1' });
    const bad = await call('get', '/api/users/me').set('traceparent', 'nonsense');
    expect(bad.headers).not.toHaveProperty('traceparent');
  });
});
