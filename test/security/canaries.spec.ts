import 'reflect-metadata';
import { balanceOf, buyCredits, consent, until } from '../../sandbox/demo/journey';
import { Api } from '../../sandbox/demo/api';
import { fillMailbox } from '../../sandbox/demo/mailbox';
import { freePort } from '../../sandbox/stack/ports';
import { EnvDto } from '../../src/kernel/config/env.dto';
import { createOpaqueToken } from '../../src/kernel/crypto/opaque-token';
import { startTestApp, type TestApp } from '../support/app';
import { TinyServer } from '../support/tiny-server';
import { type ProductProcess, startApiProcess, startWorkerProcess } from '../support/worker-process';

/** Every secret and every word of a mail that goes in carries this; what it must not reach is searched for it. */
const mark = 'kanarienvogel';
const canary = (place: string): string => `${mark}-${place}`;
const account = { email: 'ada@example.com', password: canary('password-of-ada') };

const mail = (place: number): { raw: Buffer; internalDate: number } => ({
  raw: Buffer.from(
    [
      `From: "${canary('sender')}" <bo@example.org>`,
      `To: ${account.email}`,
      `Subject: ${canary('subject')} ${place}`,
      `Message-ID: <${place}@example.org>`,
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      `Please answer the note ${canary('text')} before Friday.`,
      '--b',
      `Content-Type: text/plain; name="${canary('attachment')}.txt"`,
      `Content-Disposition: attachment; filename="${canary('attachment')}.txt"`,
      '',
      canary('attached-text'),
      '--b--',
      '',
    ].join('\r\n'),
  ),
  internalDate: Date.parse('2026-11-20T10:00:00Z') - place * 60_000,
});

/** Requests that fail, each with a secret where one belongs or where none does. */
const refused: { path: string; method?: string; headers?: Record<string, string>; body?: string }[] = [
  {
    path: '/api/auth/login',
    body: JSON.stringify({ email: account.email, password: canary('wrong-password') }),
  },
  { path: '/api/auth/login', body: `{"email":"ada@example.com","password":"${canary('broken-json')}` },
  {
    path: '/api/auth/register',
    body: JSON.stringify({ ...account, password: canary('again'), name: 'Ada' }),
  },
  { path: '/api/auth/register', body: JSON.stringify({ ...account, role: canary('stray-value') }) },
  { path: '/api/auth/refresh', body: JSON.stringify({ refreshToken: canary('refresh-token') }) },
  {
    path: '/api/auth/reset-password',
    body: JSON.stringify({ token: canary('reset-token'), password: canary('new') }),
  },
  { path: '/api/auth/verify-email', body: JSON.stringify({ token: canary('verify-token') }) },
  { path: '/api/dashboard', method: 'GET', headers: { authorization: `Bearer ${canary('bearer')}` } },
  { path: '/api/dashboard', method: 'GET', headers: { cookie: `session=${canary('cookie')}` } },
  { path: '/metrics', method: 'GET', headers: { authorization: `Bearer ${canary('service-key')}` } },
  { path: `/api/gmail/callback?state=${canary('state')}&code=${canary('code')}`, method: 'GET' },
  { path: `/api/email/summaries?q=${canary('query')}`, method: 'GET' },
  {
    path: '/api/billing/webhook',
    headers: { 'stripe-signature': canary('signature') },
    body: `{"id":"${canary('event')}"}`,
  },
  { path: '/api/gmail/push', headers: { authorization: `Bearer ${canary('push-token')}` }, body: '{}' },
];

interface Opened {
  tokens: { accessToken: string; refreshToken: string };
  gmailConsentUrl: string;
}

describe('a secret or a word of a mail, wherever it comes in', () => {
  let product: TestApp;
  let api: ProductProcess;
  let worker: ProductProcess;
  const issued: string[] = [];
  const errorBodies: string[] = [];
  /** Takes the spans of both processes, as a collector does. */
  const collector = new TinyServer();
  /** A user's own system that is told by webhook. */
  const hook = new TinyServer();
  let metrics = '';
  /** The rows of every sink, by its name, before and after the account was deleted. */
  const sinks: [when: string, sink: string, rows: string][] = [];
  let subject = '';
  let exported = '';

  beforeAll(async () => {
    const service = createOpaqueToken('ibs_');
    await Promise.all([collector.start(), hook.start()]);
    product = await startTestApp({
      worker: false,
      env: { SERVICE_KEYS: `m:metrics:${service.hash.toString('hex')}` },
    });
    const [port, workerPort] = [await freePort(), await freePort()];
    const url = `http://127.0.0.1:${port}`;
    const variables = {
      LOG_LEVEL: 'trace',
      PORT: String(port),
      WORKER_PORT: String(workerPort),
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      WEBHOOK_TRUSTED_ORIGINS: hook.url,
      WEBHOOK_RETRY_SECONDS: '0,0',
    };
    const env = product.app.get(EnvDto);
    api = startApiProcess(env, { heard: true, variables });
    worker = startWorkerProcess(env, { heard: true, variables });
    await until(
      async () => (await fetch(`${url}/health/ready`).catch(() => undefined))?.ok === true,
      'the API',
    );
    await fillMailbox(product.google.url, account.email, [0, 1, 2].map(mail));
    const user = new Api(url);
    await live(user, url);
    for (const { path, method = 'POST', headers = {}, body } of refused) {
      const answer = await fetch(`${url}${path}`, {
        method,
        headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
        ...(body !== undefined && { body }),
      });
      expect(`${path} ${answer.status}`).toMatch(/ 4\d\d$/);
      errorBodies.push(await answer.text());
    }
    await leave(user);
    for (const process of [url, `http://127.0.0.1:${workerPort}`])
      metrics += await (
        await fetch(`${process}/metrics`, { headers: { authorization: `Bearer ${service.token}` } })
      ).text();
    // Whoever stops sends its last spans.
    await Promise.all([api.stop(), worker.stop()]);
  }, 110_000);
  afterAll(async () => {
    await Promise.all([api.kill(), worker.kill()]);
    await product.close();
    await Promise.all([collector.stop(), hook.stop()]);
  });

  /** A user's whole way, from registering to deleting, with vendors that fail once and say canaries while they do. */
  async function live(user: Api, url: string): Promise<void> {
    const opened = await user.post<Opened>('/api/auth/register', { ...account, name: 'Ada' });
    user.signIn(opened.tokens.accessToken);
    await consent(opened.gmailConsentUrl, account.email, url);
    const key = await user.post<{ key: string }>('/api/auth/api-keys', {
      name: 'script',
      scopes: ['email:read'],
    });
    const factor = await user.post<{ secret: string }>('/api/auth/second-factor', {});
    // A path of a user's own may be a secret: many systems take whoever knows it for the sender.
    const endpoint = await user.post<{ secret: string }>('/api/webhooks', {
      url: `${hook.url}/${canary('hook-path')}`,
      eventTypes: ['summary.stored', 'run.finished'],
      description: canary('hook-description'),
    });
    let refusals = 1;
    hook.script(() => (refusals-- > 0 ? { status: 500, body: canary('hook-answer') } : { status: 204 }));
    issued.push(
      opened.tokens.accessToken,
      opened.tokens.refreshToken,
      key.key,
      factor.secret,
      endpoint.secret,
    );
    await until(async () => (await balanceOf(user)).available > 0, 'the welcome credits');
    await buyCredits(user, (await balanceOf(user)).available + 1);
    await fail(product.google.url, '/messages/', 500, {
      error: { code: 500, message: canary('google-error') },
    });
    await fail(product.anthropic.url, '/v1/messages', 400, {
      type: 'error',
      error: { type: 'invalid_request_error', message: canary('anthropic-error') },
    });
    await user.post('/api/gmail/sync', {});
    const ended = () => product.sql(`select from processing_jobs where state in ('done', 'failed')`);
    await until(async () => (await ended()).length === 3, 'three ends');
    for (const [status, type] of [
      [500, 'api_error'],
      [402, 'card_error'],
    ] as const) {
      await fail(product.stripe.url, '/v1/checkout/sessions', status, {
        error: { type, message: canary('stripe-error') },
      });
      await user
        .post(
          '/api/billing/purchase',
          { packageId: 'starter' },
          { 'idempotency-key': canary(`key-${status}`) },
        )
        .catch((error: unknown) => errorBodies.push(String(error)));
    }
    await user.post('/api/auth/change-password', {
      currentPassword: account.password,
      newPassword: canary('changed'),
    });
    await until(() => Promise.resolve(hook.received.length >= 3), 'the webhooks');
    const [summary] = (await user.get<{ data: { id: string; subject: string }[] }>('/api/email/summaries'))
      .data;
    subject = summary?.subject ?? '';
    const comment = { useful: false, comment: canary('comment') };
    await user.post(`/api/email/summaries/${summary?.id}/feedback`, comment);
    exported = JSON.stringify(await user.post('/api/users/me/export', {}));
  }

  async function leave(user: Api): Promise<void> {
    await consequences();
    await readSinks('before');
    await user.delete('/api/users/me');
    await consequences();
    await readSinks('after');
  }

  async function consequences(): Promise<void> {
    const open = () =>
      product.sql('select from outbox_messages where published_at is null and dead_at is null');
    await until(async () => (await open()).length === 0, 'the consequences');
  }

  async function readSinks(when: string): Promise<void> {
    const queues = await product.sql<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'bullmq'`,
    );
    expect(queues.length).toBeGreaterThan(0);
    const tables = ['outbox_messages', 'audit_logs', 'processing_jobs', 'background_jobs'];
    for (const sink of [...tables, ...queues.map(({ name }) => name)])
      sinks.push([when, sink, await rowsOf(`select t::text as row from ${sink} t`)]);
  }

  function fail(vendor: string, path: string, status: number, body: object): Promise<Response> {
    return fetch(`${vendor}/__control/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ action: 'respond', path, status, body }),
    });
  }

  /** Lines that hold a canary, or a secret that was issued on the way. */
  function found(text: string): string[] {
    const secrets = [mark, ...issued];
    return text.split('\n').filter((line) => secrets.some((secret) => line.includes(secret)));
  }

  const rowsOf = async (query: string): Promise<string> =>
    (await product.sql<{ row: string }>(query)).map(({ row }) => row).join('\n');

  it('was really there to be seen', async () => {
    expect(issued.every((secret) => secret.length > 15)).toBe(true);
    expect(errorBodies.length).toBeGreaterThanOrEqual(refused.length);
    expect(api.said().split('\n').length).toBeGreaterThan(50);
    expect(worker.said()).toContain('was not summarised this time');
    expect(subject).toContain(canary('subject'));
    expect(exported).toContain(canary('sender'));
    expect(hook.received.every(({ path }) => path.includes(mark))).toBe(true);
    expect(sinks.length).toBeGreaterThan(10);
    expect(await rowsOf(`select status as row from users where name = 'Deleted user'`)).toBe('deleted');
  });

  // Mutant: `isAnswer` that says no: an upstream's error is logged in its own words.
  it('reaches no line of a log', () => {
    expect(found(api.said())).toEqual([]);
    expect(found(worker.said())).toEqual([]);
  });

  it('reaches no payload of a job, no event, no reason and no row of the audit log', () => {
    for (const [when, sink, rows] of sinks)
      expect({ when, sink, found: found(rows) }).toEqual({ when, sink, found: [] });
  });

  // Mutants: `setAttribute('mail.subject', …)` beside the mail's id; the request's address in place of its route.
  it('reaches no span that leaves for a collector', () => {
    const spans = collector.received.map(({ body }) => body);
    expect(new Set(collector.received.map(({ path }) => path))).toEqual(new Set(['/v1/traces']));
    const told = spans.join('\n');
    for (const name of ['POST /api/auth/register', 'GET /api/gmail/callback', 'summarise mail', 'clean mail'])
      expect(told).toContain(`"name":"${name}"`);
    expect(told).toContain('inbrief-worker');
    expect(spans.flatMap((body) => found(body.replaceAll('},', '},\n')))).toEqual([]);
  });

  // Mutant: a declined card's problem that quotes Stripe.
  it('reaches no answer to a request that failed, and no metric', () => {
    expect(found(errorBodies.join('\n'))).toEqual([]);
    expect(metrics).toContain('inbrief_');
    expect(found(metrics)).toEqual([]);
  });
});
