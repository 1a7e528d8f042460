import type { FastifyInstance } from 'fastify';
import { Api } from '../../../sandbox/demo/api';
import { balanceOf, buyCredits, consent, follow, register, sync, until } from '../../../sandbox/demo/journey';
import { fillMailbox } from '../../../sandbox/demo/mailbox';
import { serveProbes } from '../../../src/health/probe-server';
import { createOpaqueToken } from '../../../src/kernel/crypto/opaque-token';
import { Samples } from '../../../src/kernel/observability/samples';
import { startTestApp, type TestApp } from '../../support/app';
import { valueOf } from '../../support/metrics-text';

const account = { email: 'ada@example.com', password: 'correct-horse-battery-staple' };
const mails = [0, 1, 2].map((place) => ({
  raw: Buffer.from(
    `From: Bo <bo@example.org>\r\nSubject: Kanarienvogel ${place}\r\nMessage-ID: <${place}@example.org>\r\n\r\nThe kanarienvogel number ${place} says hello.\r\n`,
  ),
  internalDate: Date.parse('2026-11-20T10:00:00Z') - place * 60_000,
}));

describe('what the product tells of itself', () => {
  const key = createOpaqueToken('ibs_');
  let product: TestApp;
  let probes: FastifyInstance;
  beforeAll(async () => {
    product = await startTestApp({ env: { SERVICE_KEYS: `m:metrics:${key.hash.toString('hex')}` } });
    probes = await serveProbes(product.app, '127.0.0.1', 0);
    await fillMailbox(product.google.url, account.email, mails);
    const api = new Api(product.url);
    await consent(await register(api, account), account.email, product.url);
    await until(async () => (await balanceOf(api)).granted > 0, 'the welcome credits');
    await buyCredits(api, (await balanceOf(api)).available + 1);
    await follow(api, await sync(api), () => undefined);
    await until(async () => (await balanceOf(api)).captured === mails.length, 'the captures');
  });
  afterAll(async () => {
    await probes.close();
    await product.close();
  });

  const scrape = (url: string, token: string) =>
    fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
  const probeUrl = () => `http://127.0.0.1:${(probes.server.address() as { port: number }).port}`;

  // Mutant: a probe server that does not ask for the key.
  it('gives metrics to the holder of the scoped key alone, API and worker alike', async () => {
    for (const url of [product.url, probeUrl()]) {
      expect((await scrape(url, 'ibs_wrong')).status).toBe(401);
      const answer = await scrape(url, key.token);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toContain('text/plain');
      expect(await answer.text()).toContain('nodejs_eventloop_lag_seconds');
    }
  });

  // Mutants: credits counted before their commit, twice; a lane that is left out.
  it('counts mails, credits, tokens and calls as the books do', async () => {
    await product.app.get(Samples).take();
    const text = await (await scrape(probeUrl(), key.token)).text();
    const movement = (name: string) => valueOf(text, 'inbrief_credits_total', `movement="${name}"`);
    expect(valueOf(text, 'inbrief_jobs_ended_total', 'outcome="done",reason="none"')).toBe(mails.length);
    expect([movement('held'), movement('captured')]).toEqual([mails.length, mails.length]);
    const [{ granted, cost } = { granted: -1, cost: -1 }] = await product.sql<{
      granted: number;
      cost: number;
    }>(
      `select (select sum(granted)::float8 from credit_lots) as granted,
              (select sum(cost_micros)::float8 / 1e6 from usage_analytics) as cost`,
    );
    expect(movement('granted')).toBe(granted);
    expect(valueOf(text, 'inbrief_llm_cost_dollars_total')).toBeCloseTo(cost, 9);
    expect(valueOf(text, 'inbrief_llm_answers_total')).toBe(mails.length);
    expect(valueOf(text, 'inbrief_llm_tokens_total', 'kind="input"')).toBeGreaterThan(0);
    expect(valueOf(text, 'inbrief_jobs_ready', 'lane="now"')).toBe(0);
    expect(valueOf(text, 'inbrief_jobs_ready', 'lane="overnight"')).toBe(0);
    for (const gauge of ['outbox_waiting', 'outbox_dead', 'jobs_quarantined', 'stripe_events_open'])
      expect({ gauge, value: valueOf(text, `inbrief_${gauge}`) }).toEqual({ gauge, value: 0 });
    expect(valueOf(text, 'inbrief_database_pool', 'state="lent"')).toBeGreaterThanOrEqual(0);
    for (const upstream of ['gmail', 'anthropic', 'stripe', 'google-oauth'])
      expect(valueOf(text, 'inbrief_upstream_breaker_state', `upstream="${upstream}"`)).toBe(0);
    expect(valueOf(text, 'inbrief_stripe_webhook_delay_seconds_count')).toBeGreaterThan(0);
    expect(text).toMatch(
      /inbrief_upstream_call_duration_seconds_count\{upstream="anthropic",operation="messages.create",outcome="success"\} 3/,
    );
    expect(text).toMatch(/deliveries_total\{type="email.summary-stored.v1",outcome="delivered"\} 3/);
  });

  it('names no user, no path, no mail and no address in a label', async () => {
    const text = await (await scrape(product.url, key.token)).text();
    const labels = [...text.matchAll(/^inbrief_[^{]*\{(.*)\}/gm)].map(([, found]) => found ?? '');
    expect(labels.length).toBeGreaterThan(50);
    expect(labels.filter((label) => /[0-9a-f]{8}-|@|kanarienvogel/i.test(label))).toEqual([]);
    expect(
      labels.some((label) => label.includes('route="/api/jobs/runs/:runId"') || label.includes('/:')),
    ).toBe(true);
  });
});
