import 'reflect-metadata';
import { until } from '../../../sandbox/demo/journey';
import { fillMailbox } from '../../../sandbox/demo/mailbox';
import { Inbrief } from '../../../sdk/src';
import { EnvDto } from '../../../src/kernel/config/env.dto';
import { startTestApp, type TestApp } from '../../support/app';
import { startWorkerProcess, type ProductProcess } from '../../support/worker-process';
import { joinAs } from '../../support/sdk-journey';

/** `BATCH_MAILS=2000` plays it at the size of a real backfill. */
const count = Number(process.env.BATCH_MAILS ?? 200);
const size = count / 4;
const account = { email: 'ada@example.com', password: 'correct-horse-battery-staple' };
const mails = Array.from({ length: count }, (_, index) => ({
  raw: Buffer.from(
    `From: Bo <bo@example.org>\r\nTo: ${account.email}\r\nSubject: Note ${index}\r\nMessage-ID: <${index}@example.org>\r\n\r\nPlease read the note of number ${index} before Friday.\r\n`,
  ),
  internalDate: Date.parse('2026-11-20T10:00:00Z') - index * 60_000,
}));
const patience = 60_000 + count * 200;

interface EmulatedBatch {
  id: string;
  ended: boolean;
  processing: number;
}

describe('a long backfill overnight, with a lost answer, an expired batch and killed workers', () => {
  let product: TestApp;
  let worker: ProductProcess;
  let inbrief: Inbrief;
  let expiredMails = 0;

  const control = (path: string, payload: object) =>
    product.anthropic.app.inject({ method: 'POST', url: `/__control/${path}`, payload });
  const emulator = async () =>
    (await product.anthropic.app.inject('/__control/state')).json<{
      answered: number;
      distinctMails: number;
      mails: Record<string, { answered: number }>;
      batches: EmulatedBatch[];
    }>();
  const rowsOf = async (what: string): Promise<number> =>
    (await product.sql<{ n: number }>(`select count(*)::int as n from ${what}`))[0]?.n ?? 0;

  beforeAll(async () => {
    product = await startTestApp({
      worker: false,
      settings: { 'overnight.afterMails': 0, 'billing.welcome': { credits: count, validityDays: null } },
      env: {
        BATCH_MAX_MAILS: String(size),
        BATCH_GATHER_MS: '10000',
        BATCH_POLL_MS: '100',
        BATCH_CONFIRM_MS: '3000',
        GMAIL_UNITS_PER_USER_PER_MINUTE: '10000000',
        GMAIL_UNITS_PER_PROJECT_PER_MINUTE: '10000000',
      },
    });
    await control('batches', { endsAfterMs: null });
    // The first batch arrives, and its answer does not.
    product.anthropic.faults.add({ action: 'drop-after', method: 'POST', path: '/batches$' });
    await fillMailbox(product.google.url, account.email, mails);
    inbrief = new Inbrief({ baseUrl: product.url });
    worker = startWorkerProcess(product.app.get(EnvDto));
    await joinAs(inbrief, account, product.url);
  }, 120_000);
  afterAll(async () => {
    await worker.kill();
    await product.close();
  });

  // Mutants: a submission repeated without looking for the first; a batch looked for by its size alone; results settled by
  // the worker that sent them only; results counted again when they are read again; an ending without its lease.
  it(
    'summarises each mail once, charges each once, and pays for each once',
    async () => {
      await until(async () => (await inbrief.billing.balance()).granted > 0, 'the welcome credits', patience);
      await inbrief.gmail.sync({});
      await until(async () => (await emulator()).batches.length >= 4, 'four batches', patience);
      await until(
        async () => (await rowsOf(`summary_batches where state = 'submitting'`)) === 1,
        'the lost answer',
        patience,
      );

      // One expires; the others end. The one whose answer was lost is among them.
      const [expired, ...others] = (await emulator()).batches;
      const [first] = others;
      await control(`batches/${expired?.id}/end`, { outcome: 'expired' });
      expiredMails = expired?.processing ?? 0;
      await control(`batches/${first?.id}/end`, {});
      await until(async () => (await rowsOf(`email_summaries`)) >= 5, 'the first summaries', patience);
      await worker.kill();
      const before = await rowsOf(`email_summaries`);
      expect(before).toBeLessThan(count);

      await control('batches', { endsAfterMs: 500 });
      for (const { id } of others.slice(1)) await control(`batches/${id}/end`, {});
      // Nobody waits a minute for the batch that the dead worker was looking after.
      await product.sql(`update summary_batches set look_at = now()`);
      worker = startWorkerProcess(product.app.get(EnvDto));
      await until(async () => (await rowsOf(`email_summaries`)) === count, 'every mail', patience);
      await until(async () => (await inbrief.billing.balance()).held === 0, 'the last capture', patience);
      await until(
        async () => (await rowsOf(`summary_batches where state <> 'closed'`)) === 0,
        'the last batch',
        patience,
      );

      const seen = await emulator();
      expect({
        summaries: await rowsOf('email_summaries'),
        captures: await rowsOf(`credit_transactions where kind = 'CAPTURE'`),
        mails: await rowsOf(`processing_jobs where state = 'done'`),
        violations: await rowsOf('ledger_violations'),
        answered: seen.answered,
        paidTwice: Object.values(seen.mails).filter(({ answered }) => answered !== 1).length,
        batches: seen.batches.length,
        again: await rowsOf('processing_jobs where batch_rounds = 2'),
      }).toEqual({
        summaries: count,
        captures: count,
        mails: count,
        violations: 0,
        answered: count,
        paidTwice: 0,
        batches: expect.any(Number) as number,
        again: expiredMails,
      });
      const [usage] = await product.sql<Record<string, number>>(
        `select discovered, summarised, output_tokens::int as output from usage_analytics`,
      );
      const [stored] = await product.sql<Record<string, number>>(
        `select sum(output_tokens)::int as output from email_summaries`,
      );
      expect(usage).toEqual({ discovered: count, summarised: count, output: stored?.output });
    },
    4 * patience,
  );
});
