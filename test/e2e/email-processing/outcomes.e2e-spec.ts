import { until } from '../../../sandbox/demo/journey';
import { fillMailbox } from '../../../sandbox/demo/mailbox';
import { Inbrief } from '../../../sdk/src';
import { costMicros } from '../../../src/email/summariser/price-table';
import { startTestApp, type TestApp } from '../../support/app';
import { listenToModel } from '../../support/model-traffic';
import { joinAs, settledBooks, startSync } from '../../support/sdk-journey';

interface Outcome {
  name: string;
  /** What the model is made to say about this mail, and how often. */
  script?: { kind: string; times: number; retryAfterSeconds?: number; delayMs?: number };
  state: 'done' | 'failed' | 'skipped';
  reasonCode: string | null;
  body?: string;
  subject?: string;
}

const outcomes: Outcome[] = [
  { name: 'plain', state: 'done', reasonCode: null },
  // Mutant: a header stored as it came; Postgres refuses its zero byte after the vendor was paid, five times over.
  { name: 'zerobyte', state: 'done', reasonCode: null, subject: '=?utf-8?q?zero=00byte=E2=80=AE?=' },
  { name: 'wordless', state: 'skipped', reasonCode: 'email.empty', body: '\r\n' },
  { name: 'refused', script: { kind: 'refusal', times: 1 }, state: 'failed', reasonCode: 'email.refused' },
  { name: 'cutonce', script: { kind: 'max_tokens', times: 1 }, state: 'done', reasonCode: null },
  {
    name: 'cuttwice',
    script: { kind: 'max_tokens', times: 2 },
    state: 'failed',
    reasonCode: 'email.answer-cut',
  },
  { name: 'brokenonce', script: { kind: 'malformed', times: 1 }, state: 'done', reasonCode: null },
  {
    name: 'brokentwice',
    script: { kind: 'malformed', times: 2 },
    state: 'failed',
    reasonCode: 'email.malformed-answer',
  },
  { name: 'misshapen', script: { kind: 'wrong-schema', times: 1 }, state: 'done', reasonCode: null },
  { name: 'emptyonce', script: { kind: 'empty', times: 1 }, state: 'done', reasonCode: null },
  {
    name: 'emptytwice',
    script: { kind: 'empty', times: 2 },
    state: 'failed',
    reasonCode: 'email.empty-answer',
  },
  {
    name: 'ratelimited',
    script: { kind: 'rate_limit', times: 3, retryAfterSeconds: 1 },
    state: 'done',
    reasonCode: null,
  },
  { name: 'overloaded', script: { kind: 'overloaded', times: 2 }, state: 'done', reasonCode: null },
  { name: 'broken500', script: { kind: 'server_error', times: 3 }, state: 'done', reasonCode: null },
  { name: 'silent', script: { kind: 'timeout', times: 3, delayMs: 100 }, state: 'done', reasonCode: null },
  { name: 'hungup', script: { kind: 'cut', times: 1 }, state: 'done', reasonCode: null },
  {
    name: 'invalid',
    script: { kind: 'invalid', times: 1 },
    state: 'failed',
    reasonCode: 'email.bad-request',
  },
  { name: 'spendlimit', script: { kind: 'spend_limit', times: 1 }, state: 'done', reasonCode: null },
];

const mailOf = ({ name, body, subject = name }: Outcome, index: number) => ({
  raw: Buffer.from(
    `From: =?utf-8?q?B=00o?= <bo@example.org>\r\nTo: x@example.com\r\nSubject: ${subject}\r\nMessage-ID: <${name}@example.org>\r\n\r\n` +
      (body ?? `This is the mail marked ${name}-mark. Please read it before Friday.\r\n`),
  ),
  internalDate: Date.parse('2026-11-20T10:00:00Z') - index * 60_000,
});

describe('every outcome of a mail, through the whole product', () => {
  let product: TestApp;
  let inbrief: Inbrief;
  let wire: ReturnType<typeof listenToModel>;
  beforeAll(async () => {
    wire = listenToModel();
    product = await startTestApp({ env: { ANTHROPIC_FALLBACK_MODEL: 'claude-sonnet-5-5' } });
    for (const { name, script } of outcomes)
      if (script)
        await product.anthropic.app.inject({
          method: 'POST',
          url: '/__control/answers',
          payload: { ...script, match: `${name}-mark` },
        });
    const email = 'ada@example.com';
    await fillMailbox(product.google.url, email, outcomes.map(mailOf));
    inbrief = new Inbrief({ baseUrl: product.url });
    await joinAs(inbrief, { email, password: 'correct-horse-battery-staple' }, product.url);
    await until(
      async () => (await inbrief.billing.balance()).granted >= outcomes.length,
      'the welcome credits',
    );
    const runId = await startSync(inbrief);
    // A reached spend limit is told at once and keeps its mail waiting; its owner lifts it.
    await until(
      async () =>
        (await product.sql(`select from processing_jobs where reason_code = 'email.spend-limit'`)).length > 0,
      'the spend limit to show',
    );
    const hurry = setInterval(() => {
      void product.sql('update dispatch_lanes set paused_until = now() where paused_until > now()');
      void product.sql(
        `update processing_jobs set available_at = now() where state = 'queued' and available_at > now()`,
      );
    }, 500);
    await inbrief.runs.wait(runId);
    clearInterval(hurry);
    await settledBooks(inbrief);
  }, 120_000);
  afterAll(async () => {
    wire.stop();
    await product.close();
  });

  // Mutant: a fault behind the model's answer, which the next attempt would hide.
  it.each(outcomes)('$name ends as $state ($reasonCode)', async ({ name, script, state, reasonCode }) => {
    const jobs = await product.sql<{ state: string; reason: string | null; tries: number; charged: boolean }>(
      `select j.state, j.reason_code as reason, j.attempts + j.deferrals as tries,
              exists (select from credit_holds h where h.email_id = j.email_id and h.state = 'captured') as charged
       from processing_jobs j join email_discoveries d on d.id = j.email_id
       where d.gmail_message_id = (select id from unnest($1::text[], $2::text[]) as m (id, subject) where subject = $3)`,
      [await idsBySubject(), outcomes.map((outcome) => outcome.name), name],
    );
    expect(jobs).toHaveLength(1);
    expect(jobs[0]?.state).toBe(state);
    if (state !== 'done') expect(jobs[0]?.reason).toBe(reasonCode);
    expect(jobs[0]?.charged).toBe(state === 'done');
    if (!script) expect(jobs[0]?.tries).toBe(1);
  });

  /** Gmail's ids in the order of `outcomes`: the newest mail comes first. */
  async function idsBySubject(): Promise<string[]> {
    const rows = await product.sql<{ id: string }>(
      'select gmail_message_id as id from email_discoveries order by received_at desc',
    );
    return rows.map(({ id }) => id);
  }

  it('charges one credit for each summary and loses no mail', async () => {
    const [counted] = await product.sql<Record<string, number>>(
      `select (select count(*)::int from email_discoveries) as mails,
              (select count(*)::int from email_summaries) as summaries,
              (select count(*)::int from credit_transactions where kind = 'CAPTURE') as captures,
              (select count(*)::int from summary_drafts) as drafts`,
    );
    const done = outcomes.filter(({ state }) => state === 'done').length;
    expect(counted).toEqual({ mails: outcomes.length, summaries: done, captures: done, drafts: 0 });
    expect((await inbrief.billing.balance()).captured).toBe(done);
    expect(await product.sql('select * from ledger_violations')).toEqual([]);
  });

  // Mutants: a refused, cut or repaired answer that nobody pays for; the fallback model at the first one's price; a
  // mail's answers rounded together.
  it('records what the answers cost, to the micro-dollar and the token', async () => {
    const [recorded] = await product.sql<Record<string, number>>(
      `select sum(discovered)::int as discovered, sum(input_tokens)::int as input, sum(output_tokens)::int as output,
              sum(cache_read_tokens)::int as read, sum(cache_write_tokens)::int as written, sum(cost_micros)::int as cost,
              sum(summarised)::int as summarised, sum(skipped)::int as skipped, sum(failed)::int as failed
       from usage_analytics`,
    );
    const sum = (of: (answer: (typeof wire.answers)[number]) => number) =>
      wire.answers.reduce((total, answer) => total + of(answer), 0);
    const ended = (state: string) => outcomes.filter((outcome) => outcome.state === state).length;
    expect(wire.answers.some(({ model }) => model === 'claude-sonnet-5-5')).toBe(true);
    expect(recorded).toEqual({
      discovered: outcomes.length,
      input: sum(({ usage }) => usage.input),
      read: sum(({ usage }) => usage.cacheRead),
      written: sum(({ usage }) => usage.cacheWrite),
      output: sum(({ usage }) => usage.output),
      cost: sum(({ model, usage }) => costMicros(model, usage)),
      summarised: ended('done'),
      skipped: ended('skipped'),
      failed: ended('failed'),
    });
  });
});
