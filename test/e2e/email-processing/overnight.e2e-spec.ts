import { until } from '../../../sandbox/demo/journey';
import { fillMailbox } from '../../../sandbox/demo/mailbox';
import { Inbrief } from '../../../sdk/src';
import { costMicros } from '../../../src/email/summariser/price-table';
import { Metrics } from '../../../src/kernel/observability/metrics';
import { Samples } from '../../../src/kernel/observability/samples';
import { startTestApp, type TestApp } from '../../support/app';
import { listenToModel } from '../../support/model-traffic';
import { joinAs, settledBooks } from '../../support/sdk-journey';

interface Outcome {
  name: string;
  /** What the model is made to say about this mail in the batch, and then at once. */
  script?: { kind: string; times: number; text?: string };
  state: 'done' | 'failed' | 'skipped';
  reasonCode?: string;
  /** Where the mail ends. Default overnight. */
  lane?: 'now';
  body?: string;
}

const invented = {
  headline: 'A bill',
  summary: 'Pay at https://shop.example/bill or at https://evil.example/x?d=1 today.',
  key_points: [],
  action_items: [],
  category: 'finance',
  urgency: 'normal',
  people: [],
  language: 'en',
  confidence: 1,
};

const outcomes: Outcome[] = [
  { name: 'plain', state: 'done' },
  { name: 'another', state: 'done' },
  { name: 'wordless', state: 'skipped', reasonCode: 'email.empty', body: '\r\n' },
  { name: 'refused', script: { kind: 'refusal', times: 1 }, state: 'failed', reasonCode: 'email.refused' },
  {
    name: 'invalid',
    script: { kind: 'invalid', times: 1 },
    state: 'failed',
    reasonCode: 'email.bad-request',
  },
  { name: 'brokenonce', script: { kind: 'malformed', times: 1 }, state: 'done', lane: 'now' },
  { name: 'misshapen', script: { kind: 'wrong-schema', times: 1 }, state: 'done', lane: 'now' },
  { name: 'emptyonce', script: { kind: 'empty', times: 1 }, state: 'done', lane: 'now' },
  { name: 'cutonce', script: { kind: 'max_tokens', times: 1 }, state: 'done', lane: 'now' },
  {
    name: 'brokenever',
    script: { kind: 'malformed', times: 3 },
    state: 'failed',
    reasonCode: 'email.malformed-answer',
    lane: 'now',
  },
  { name: 'overloaded', script: { kind: 'overloaded', times: 1 }, state: 'done' },
  { name: 'ratelimited', script: { kind: 'rate_limit', times: 1 }, state: 'done' },
  { name: 'broken500', script: { kind: 'server_error', times: 1 }, state: 'done' },
  { name: 'spendlimit', script: { kind: 'spend_limit', times: 1 }, state: 'done' },
  { name: 'silent', script: { kind: 'timeout', times: 1 }, state: 'done' },
  { name: 'alwaysdown', script: { kind: 'server_error', times: 3 }, state: 'done', lane: 'now' },
  // Mutant: results that are not held against the mail's own addresses.
  {
    name: 'inventive',
    script: { kind: 'text', times: 1, text: JSON.stringify(invented) },
    state: 'done',
    body: 'This is the mail marked inventive-mark. The bill stands at https://shop.example/bill.\r\n',
  },
];

const mailOf = ({ name, body }: Outcome, index: number) => ({
  raw: Buffer.from(
    `From: Bo <bo@example.org>\r\nTo: x@example.com\r\nSubject: ${name}\r\nMessage-ID: <${name}@example.org>\r\n\r\n` +
      (body ?? `This is the mail marked ${name}-mark. Please read it before Friday.\r\n`),
  ),
  internalDate: Date.parse('2026-11-20T10:00:00Z') - index * 60_000,
});

const account = (email: string) => ({ email, password: 'correct-horse-battery-staple' });

describe('mails that may wait for the night', () => {
  let product: TestApp;
  let wire: ReturnType<typeof listenToModel>;
  let hurry: NodeJS.Timeout;
  beforeAll(async () => {
    wire = listenToModel();
    product = await startTestApp({
      env: { BATCH_GATHER_MS: '300', BATCH_POLL_MS: '50', BATCH_CONFIRM_MS: '2000' },
    });
    // Nobody waits ten minutes for a mail that was put off.
    hurry = setInterval(() => {
      void product.sql(
        `update processing_jobs set available_at = now() - interval '1 s' where state = 'queued' and available_at > now()`,
      );
    }, 300);
  });
  afterAll(async () => {
    clearInterval(hurry);
    wire.stop();
    await product.close();
  });

  const control = (path: string, payload: object) =>
    product.anthropic.app.inject({ method: 'POST', url: `/__control/${path}`, payload });
  const settled = async (userId: string): Promise<boolean> => {
    const [open] = await product.sql<{ n: number }>(
      `select count(*)::int as n from processing_jobs where user_id = $1 and state in ('queued', 'running')`,
      [userId],
    );
    return open?.n === 0;
  };
  /** Connects a mailbox and has it summarised overnight. */
  async function connected(email: string, mails: { raw: Buffer; internalDate: number }[]) {
    await fillMailbox(product.google.url, email, mails);
    const inbrief = new Inbrief({ baseUrl: product.url });
    await joinAs(inbrief, account(email), product.url);
    await inbrief.gmail.sync({ lane: 'overnight' });
    const [user] = await product.sql<{ id: string }>('select id from users where email = $1', [email]);
    return { inbrief, userId: user?.id ?? '' };
  }

  describe('every outcome of a mail in a batch', () => {
    let inbrief: Inbrief;
    let userId: string;
    beforeAll(async () => {
      for (const { name, script } of outcomes)
        if (script) await control('answers', { ...script, match: `${name}-mark` });
      ({ inbrief, userId } = await connected('ada@example.com', outcomes.map(mailOf)));
      await until(async () => (await product.sql('select from processing_jobs')).length > 0, 'the mails');
      await until(() => settled(userId), 'every mail to end');
      await settledBooks(inbrief);
    }, 90_000);

    it.each(outcomes)('$name ends as $state', async ({ name, state, reasonCode, lane = 'overnight' }) => {
      const rows = await product.sql<{
        state: string;
        reason: string | null;
        lane: string;
        charged: boolean;
      }>(
        `select j.state, j.reason_code as reason, j.lane,
                exists (select from credit_holds h where h.email_id = j.email_id and h.state = 'captured') as charged
         from processing_jobs j join email_discoveries d on d.id = j.email_id
         where j.user_id = $1 order by d.received_at desc`,
        [userId],
      );
      const row = rows[outcomes.findIndex((outcome) => outcome.name === name)];
      expect(row).toMatchObject({ state, lane, charged: state === 'done' });
      if (state !== 'done') expect(row?.reason).toBe(reasonCode);
    });

    it('charges one credit for each summary, loses no mail, and keeps nothing of a mail behind', async () => {
      const done = outcomes.filter(({ state }) => state === 'done').length;
      await until(
        async () => (await product.sql('select from summary_batch_members')).length === 0,
        'the end',
      );
      const [counted] = await product.sql<Record<string, number>>(
        `select (select count(*)::int from email_discoveries) as mails,
                (select count(*)::int from email_summaries) as summaries,
                (select count(*)::int from credit_transactions where kind = 'CAPTURE') as captures,
                (select count(*)::int from summary_drafts) as drafts`,
      );
      expect(counted).toEqual({ mails: outcomes.length, summaries: done, captures: done, drafts: 0 });
      expect(await product.sql('select * from ledger_violations')).toEqual([]);
      const listed = await fetch(`${product.anthropic.url}/v1/messages/batches`, {
        headers: { 'x-api-key': 'sk-ant-sandbox', 'anthropic-version': '2023-06-01' },
      });
      expect(await listed.json()).toMatchObject({ data: [] });
    });

    it('shows the addresses of its mail and no other', async () => {
      expect(await product.sql(`select summary from email_summaries where headline = 'A bill'`)).toEqual([
        { summary: 'Pay at https://shop.example/bill or at [link removed] today.' },
      ]);
    });

    // Mutants: the batch at the full price; an hour in the cache at the price of five minutes; results counted again when
    // they are read again; an answer that is of no use and that nobody pays for.
    it('records what the answers cost, to the micro-dollar and the token, at half the price', async () => {
      const sum = (of: (answer: (typeof wire.answers)[number]) => number) =>
        wire.answers.reduce((total, answer) => total + of(answer), 0);
      const recorded = await product.sql(
        `select discovered, summarised, skipped, failed, input_tokens::int as input, output_tokens::int as output,
                cache_read_tokens::int as read, cache_write_tokens::int as written, cost_micros::int as cost
         from usage_analytics where user_id = $1`,
        [userId],
      );
      expect(wire.answers.some(({ lane }) => lane === 'overnight')).toBe(true);
      expect(wire.answers.some(({ lane }) => lane === 'now')).toBe(true);
      const ended = (state: string) => outcomes.filter((outcome) => outcome.state === state).length;
      expect(recorded).toEqual([
        {
          discovered: outcomes.length,
          summarised: ended('done'),
          skipped: ended('skipped'),
          failed: ended('failed'),
          input: sum(({ usage }) => usage.input),
          output: sum(({ usage }) => usage.output),
          read: sum(({ usage }) => usage.cacheRead),
          written: sum(({ usage }) => usage.cacheWrite),
          cost: sum(({ model, usage, lane }) => costMicros(model, usage, lane)),
        },
      ]);
    });
  });

  // Mutant: an ending that does not name its lease; the summary of a mail that nobody wants any more is stored and charged.
  it('drops what comes back for a user who is gone, charges nothing for it and counts what it took', async () => {
    await control('batches', { endsAfterMs: null });
    const mails = Array.from({ length: 5 }, (_, index) =>
      mailOf({ name: `farewell${index}`, state: 'done' }, index),
    );
    const { inbrief, userId } = await connected('ben@example.com', mails);
    const openBatch = () =>
      product.sql<{ vendor_id: string; id: string }>(
        `select id, vendor_id from summary_batches where state = 'in_progress'`,
      );
    await until(async () => (await openBatch()).length > 0, 'the batch');
    const [batch] = await openBatch();
    await product.app.get(Samples).scraped();
    const { text: metrics } = await product.app.get(Metrics).expose();
    expect(metrics).toMatch(/inbrief_summary_batches_open 1\n/);
    expect(metrics).toMatch(/inbrief_summary_batch_mails 5\n/);
    const before = wire.answers.length;
    await inbrief.users.delete();
    await until(() => settled(userId), 'the work to be cancelled');
    await control(`batches/${batch?.vendor_id}/end`, { outcome: 'succeeded' });
    await until(async () => (await openBatch()).length === 0, 'the results');
    await until(
      async () =>
        (await product.sql(`select from summary_batches where id = $1 and state = 'closed'`, [batch?.id]))
          .length > 0,
      'the end of the batch',
    );
    const [left] = await product.sql<Record<string, number>>(
      `select (select count(*)::int from email_summaries where user_id = $1) as summaries,
              (select count(*)::int from credit_transactions where user_id = $1 and kind = 'CAPTURE') as captures,
              (select count(*)::int from credit_holds where user_id = $1 and state = 'held') as held,
              (select output_tokens::int from usage_analytics where user_id = $1) as output`,
      [userId],
    );
    const output = wire.answers.slice(before).reduce((sum, { usage }) => sum + usage.output, 0);
    expect(output).toBeGreaterThan(0);
    expect(left).toEqual({ summaries: 0, captures: 0, held: 0, output });
    expect(await product.sql('select * from ledger_violations')).toEqual([]);
  });
});
