import { InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import type { FastifyInstance } from 'fastify';
import { until } from '../../../sandbox/demo/journey';
import { fillMailbox } from '../../../sandbox/demo/mailbox';
import { Inbrief } from '../../../sdk/src';
import { serveProbes } from '../../../src/health/probe-server';
import { startTracing } from '../../../src/kernel/observability/tracing';
import { createOpaqueToken } from '../../../src/kernel/crypto/opaque-token';
import { Samples } from '../../../src/kernel/observability/samples';
import { startTestApp, type TestApp } from '../../support/app';
import { namesIn, valueOf } from '../../support/metrics-text';
import { alerts, dashboardExpressions, metricsIn } from '../../support/observability-files';
import { buyCredits, joinAs, syncAndWait, welcomed } from '../../support/sdk-journey';

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
  const spans = new InMemorySpanExporter();
  const stopTracing = startTracing('api', new SimpleSpanProcessor(spans));
  /** As a caller's own tracing would send it along. */
  const caller = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };
  beforeAll(async () => {
    product = await startTestApp({ env: { SERVICE_KEYS: `m:metrics:${key.hash.toString('hex')}` } });
    probes = await serveProbes(product.app, '127.0.0.1', 0);
    await fillMailbox(product.google.url, account.email, mails.slice(1));
    const inbrief = new Inbrief({ baseUrl: product.url });
    await joinAs(inbrief, account, product.url);
    await welcomed(inbrief);
    await buyCredits(inbrief, (await inbrief.billing.balance()).available + 1);
    await syncAndWait(inbrief);
    await until(
      async () => (await inbrief.billing.balance()).captured === mails.length - 1,
      'the captures of what was there',
    );
    await deliver(mails[0]?.raw ?? Buffer.alloc(0));
    const traceparent = `00-${caller.traceId}-${caller.spanId}-01`;
    const { runs } = await inbrief.gmail.sync({}, { headers: { traceparent } });
    await inbrief.runs.wait(runs[0]?.runId ?? '');
    await until(async () => (await inbrief.billing.balance()).captured === mails.length, 'the captures');
  });
  afterAll(async () => {
    await probes.close();
    await product.close();
    await stopTracing();
  });

  const deliver = (raw: Buffer) =>
    product.google.app.inject({
      method: 'POST',
      url: `/__control/mailboxes/${account.email}/messages`,
      payload: [{ raw: raw.toString('base64') }],
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

  // Mutants: an event that carries no context through the outbox; a job whose row carries none.
  it('follows one mail from the call that asked for it to the capture of its credit, in the trace of the caller', () => {
    const trace = spans.getFinishedSpans().filter((span) => span.spanContext().traceId === caller.traceId);
    const way = (from: string): string[] => wayOf(trace, from);
    expect(way('POST /api/gmail/sync')).toEqual(['POST /api/gmail/sync']);
    const discovery = [
      'POST /api/gmail/sync',
      'sync mailbox',
      'deliver gmail.emails-discovered.v1',
      'QueueEmails',
      'summarise mail',
    ];
    expect(way('gmail history.list')).toEqual([...discovery.slice(0, 2), 'gmail history.list']);
    for (const step of ['gmail messages.get', 'clean mail', 'anthropic messages.create', 'store summary'])
      expect(way(step)).toEqual([...discovery, step]);
    expect(way('CaptureCredits')).toEqual([
      ...discovery,
      'store summary',
      'deliver email.summary-stored.v1',
      'CaptureCredits',
    ]);
    const [root] = trace.filter(({ name }) => name === 'POST /api/gmail/sync');
    expect(root?.parentSpanContext?.spanId).toBe(caller.spanId);
    expect(root?.attributes).toMatchObject({
      'http.route': '/api/gmail/sync',
      'http.response.status_code': 202,
    });
    expect(trace.filter(({ name }) => name === 'summarise mail')).toHaveLength(1);
  });

  // Mutant: the URL in place of the route. That no error's words get in is for tracing.spec to show.
  it('says nothing of a mail, an address or a secret in any span', () => {
    const told = spans
      .getFinishedSpans()
      .map(({ name, attributes, events, links, status, resource }) =>
        JSON.stringify({ name, attributes, events, links, status, resource: resource.attributes }),
      );
    expect(told.length).toBeGreaterThan(50);
    expect(
      told.filter((span) => /kanarienvogel|says hello|@|correct-horse|Bearer|code=|state=/i.test(span)),
    ).toEqual([]);
  });

  // Mutant: a metric renamed in the code alone.
  it('has every metric that the dashboard and the alerts name', async () => {
    const names = namesIn(await (await scrape(product.url, key.token)).text());
    const asked = [...alerts().map(({ expr }) => expr), ...dashboardExpressions()].flatMap(metricsIn);
    expect([...new Set(asked)].filter((name) => !names.has(name))).toEqual([]);
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

/** The names of the last span that is called so and of all it came from, the first one first. */
function wayOf(trace: ReadableSpan[], name: string): string[] {
  const byId = new Map(trace.map((span) => [span.spanContext().spanId, span]));
  const names: string[] = [];
  let span = [...trace].reverse().find((one) => one.name === name);
  while (span) {
    names.unshift(span.name);
    span = byId.get(span.parentSpanContext?.spanId ?? '');
  }
  return names;
}
