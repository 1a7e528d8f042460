import { join } from 'node:path';
import { until } from '../../../sandbox/demo/journey';
import { fillMailbox, mailsOf } from '../../../sandbox/demo/mailbox';
import { Inbrief } from '../../../sdk/src';
import { startTestApp, type TestApp } from '../../support/app';
import { buyCredits, joinAs, syncAndWait } from '../../support/sdk-journey';

const inbox = join(__dirname, '..', '..', '..', 'sandbox', 'inbox');
const account = { email: 'ada@example.com', password: 'correct-horse-battery-staple' };

describe('from registration to receipt', () => {
  let product: TestApp;
  let inbrief: Inbrief;
  const mails = mailsOf(inbox);
  beforeAll(async () => {
    product = await startTestApp();
    inbrief = new Inbrief({ baseUrl: product.url });
    await fillMailbox(product.google.url, account.email, mails);
  });
  afterAll(() => product.close());

  const violations = () => product.sql('select * from ledger_violations');

  it('a user registers, connects Gmail, pays, and gets a summary of every mail for one credit each', async () => {
    await joinAs(inbrief, account, product.url);
    const quote = await inbrief.gmail.quote({});
    expect(quote).toMatchObject({ mails: mails.length, credits: mails.length, complete: true, cap: null });
    expect(quote.covered + quote.waiting).toBe(mails.length);
    expect(await inbrief.gmail.quote({ maxCredits: 5 })).toMatchObject({
      credits: 5,
      cap: 5,
    });
    await buyCredits(inbrief, mails.length);
    const run = await syncAndWait(inbrief);
    expect(run.mails.done + run.mails.skipped).toBe(mails.length);
    expect(run.mails.failed).toBe(0);
    await until(async () => (await inbrief.billing.balance()).held === 0, 'the last capture');
    const [{ summaries, captures } = { summaries: -1, captures: -2 }] = await product.sql<{
      summaries: number;
      captures: number;
    }>(
      `select (select count(*)::int from email_summaries) as summaries,
              (select count(*)::int from credit_transactions where kind = 'CAPTURE') as captures`,
    );
    expect(summaries).toBe(run.mails.done);
    expect(captures).toBe(summaries);
    expect(await violations()).toEqual([]);
  });

  it('a second sync finds nothing new and costs nothing', async () => {
    const before = await inbrief.billing.balance();
    expect(await inbrief.gmail.quote({})).toMatchObject({ mails: 0, credits: 0 });
    const run = await syncAndWait(inbrief);
    expect(run.discovered).toBe(0);
    expect(await inbrief.billing.balance()).toEqual(before);
  });

  it('a mail that arrives later is found by history and summarised', async () => {
    const [first] = mails;
    await product.google.app.inject({
      method: 'POST',
      url: `/__control/mailboxes/${account.email}/messages`,
      payload: [
        {
          raw: Buffer.from(`X-Again: 1\r\n${first?.raw.toString('latin1') ?? ''}`, 'latin1').toString(
            'base64',
          ),
        },
      ],
    });
    const run = await syncAndWait(inbrief);
    expect(run.discovered).toBe(1);
    expect(run.mails.done).toBe(1);
  });

  it('the dashboard and the lists agree with each other', async () => {
    await until(async () => (await inbrief.billing.balance()).held === 0, 'the last capture');
    const dashboard = await inbrief.dashboard.get();
    expect(dashboard.connections).toMatchObject([{ status: 'connected' }]);
    expect(dashboard.summaries.total).toBe(dashboard.mails.done);
    expect(dashboard.summaries.today).toBe(dashboard.mails.done);
    expect(dashboard.credits.captured).toBe(dashboard.mails.done);
    const seen = new Set((await inbrief.summaries.list({ limit: 7 }).all()).map(({ id }) => id));
    expect(seen.size).toBe(dashboard.mails.done);
    const [one] = [...seen];
    expect(await inbrief.summaries.get(one ?? '')).toMatchObject({ id: one });
    const jobs = await inbrief.jobs.list({ state: 'done', limit: 5 });
    expect(jobs.data.map(({ state }) => state)).toEqual(Array(5).fill('done'));
  });

  it('another user sees none of it', async () => {
    const stranger = new Inbrief({ baseUrl: product.url });
    await stranger.auth.register({ ...account, email: 'ben@example.com', name: 'Ben' });
    expect(await stranger.summaries.list()).toEqual({ data: [], nextCursor: null });
    const { data } = await inbrief.summaries.list({ limit: 1 });
    await expect(stranger.summaries.get(data[0]?.id ?? '')).rejects.toMatchObject({ status: 404 });
    await expect(stranger.gmail.sync({})).rejects.toThrow('jobs.no-connection');
    const { data: jobs } = await stranger.jobs.list();
    expect(jobs).toEqual([]);
  });

  it('probes say what an orchestrator needs to know', async () => {
    for (const probe of ['live', 'ready', 'startup'] as const)
      expect(await inbrief.health[probe]()).toMatchObject({ status: 'ok' });
  });
});
