import { until } from '../../../sandbox/demo/journey';
import { fillMailbox } from '../../../sandbox/demo/mailbox';
import { Inbrief } from '../../../sdk/src';
import { startTestApp, type TestApp } from '../../support/app';
import { buyCredits, joinAs, startSync } from '../../support/sdk-journey';

const account = { email: 'vera.quill@example.com', password: 'correct-horse-battery-staple' };
const mails = Array.from({ length: 15 }, (_, index) => ({
  raw: Buffer.from(
    `From: Otto Personal <otto@example.org>\r\nTo: ${account.email}\r\nSubject: Private matter ${index}\r\nMessage-ID: <${index}@example.org>\r\n\r\nThe private matter number ${index} needs your answer.\r\n`,
  ),
  internalDate: Date.parse('2026-11-20T10:00:00Z') - index * 60_000,
}));

describe('deleting an account in the middle of a run', () => {
  let product: TestApp;
  let exported: object;
  beforeAll(async () => {
    product = await startTestApp({ env: { WORKER_CONCURRENCY: '2' } });
    await fillMailbox(product.google.url, account.email, mails);
    await product.anthropic.app.inject({ method: 'POST', url: '/__control/latency', payload: { ms: 400 } });
    const inbrief = new Inbrief({ baseUrl: product.url });
    await joinAs(inbrief, account, product.url);
    await until(async () => (await inbrief.billing.balance()).available > 0, 'the welcome credits');
    await startSync(inbrief);
    await until(
      async () => (await product.sql(`select from processing_jobs where state = 'done'`)).length >= 2,
      'the first summaries',
    );
    await buyCredits(inbrief, (await inbrief.billing.balance()).available + 1);
    exported = await inbrief.users.export();
    await inbrief.users.delete();
    await until(
      async () =>
        (await product.sql('select from outbox_messages where published_at is null and dead_at is null'))
          .length === 0,
      'the consequences',
    );
  });
  afterAll(() => product.close());

  it('was preceded by an export that held what every module knows', () => {
    const text = JSON.stringify(exported);
    for (const known of [account.email, 'Private matter 0', 'purchase', 'mailbox-sync'])
      expect(text).toContain(known);
  });

  it('leaves no work running or waiting, and releases what was held', async () => {
    const open = await product.sql(
      `select state from processing_jobs where state not in ('done', 'skipped', 'failed', 'cancelled')`,
    );
    expect(open).toEqual([]);
    expect(await product.sql(`select from background_jobs where state in ('queued', 'running')`)).toEqual([]);
    expect(await product.sql(`select from credit_holds where state = 'held'`)).toEqual([]);
  });

  it('leaves no token, here or at Google', async () => {
    expect(
      await product.sql('select status, refresh_token_cipher, access_token_cipher from gmail_connections'),
    ).toEqual([{ status: 'disconnected', refresh_token_cipher: null, access_token_cipher: null }]);
    const { tokens } = product.google.google;
    expect(tokens.granted('inbrief-sandbox.apps.example.com', account.email).size).toBe(0);
  });

  it('leaves no personal data in any table', async () => {
    const tables = await product.sql<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
    );
    for (const { name } of tables)
      for (const word of ['vera.quill', 'ada@example.com', 'Otto Personal', 'private matter', 'Ada Sample'])
        expect({
          name,
          word,
          rows: await product.sql(`select * from ${name} t where t::text ilike $1`, [`%${word}%`]),
        }).toEqual({
          name,
          word,
          rows: [],
        });
  });

  it('keeps the ledger whole', async () => {
    expect(await product.sql('select * from ledger_violations')).toEqual([]);
    const [counts] = await product.sql(
      `select (select count(*)::int from email_summaries) =
              (select count(*)::int from credit_transactions where kind = 'CAPTURE') as same`,
    );
    expect(counts).toEqual({ same: true });
  });
});
