import { join } from 'node:path';
import { Api } from '../../../sandbox/demo/api';
import { balanceOf, buyCredits, consent, follow, register, sync, until } from '../../../sandbox/demo/journey';
import { fillMailbox, mailsOf } from '../../../sandbox/demo/mailbox';
import { startTestApp, type TestApp } from '../../support/app';

const inbox = join(__dirname, '..', '..', '..', 'sandbox', 'inbox');
const account = { email: 'ada@example.com', password: 'correct-horse-battery-staple' };

interface Quote {
  mails: number;
  covered: number;
  waiting: number;
}

describe('from registration to receipt', () => {
  let product: TestApp;
  let api: Api;
  const mails = mailsOf(inbox);
  beforeAll(async () => {
    product = await startTestApp();
    api = new Api(product.url);
    await fillMailbox(product.google.url, account.email, mails);
  });
  afterAll(() => product.close());

  const violations = () => product.sql('select * from ledger_violations');

  it('a user registers, connects Gmail, pays, and gets a summary of every mail for one credit each', async () => {
    await consent(await register(api, account), account.email, product.url);
    const quote = await api.post<Quote>('/api/email/quote', {});
    expect(quote).toMatchObject({ mails: mails.length, credits: mails.length, complete: true, cap: null });
    expect(quote.covered + quote.waiting).toBe(mails.length);
    expect(await api.post<Quote>('/api/email/quote', { maxCredits: 5 })).toMatchObject({
      credits: 5,
      cap: 5,
    });
    await buyCredits(api, mails.length);
    const run = await follow(api, await sync(api), () => undefined);
    expect(run.mails.done + run.mails.skipped).toBe(mails.length);
    expect(run.mails.failed).toBe(0);
    await until(async () => (await balanceOf(api)).held === 0, 'the last capture');
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
    const before = await balanceOf(api);
    expect(await api.post<Quote>('/api/email/quote', {})).toMatchObject({ mails: 0, credits: 0 });
    const run = await follow(api, await sync(api), () => undefined);
    expect(run.discovered).toBe(0);
    expect(await balanceOf(api)).toEqual(before);
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
    const run = await follow(api, await sync(api), () => undefined);
    expect(run.discovered).toBe(1);
    expect(run.mails.done).toBe(1);
  });

  it('the dashboard and the lists agree with each other', async () => {
    await until(async () => (await balanceOf(api)).held === 0, 'the last capture');
    const dashboard = await api.get<{
      credits: { available: number; captured: number };
      connections: { status: string }[];
      mails: { done: number };
      summaries: { total: number; today: number };
    }>('/api/dashboard');
    expect(dashboard.connections).toMatchObject([{ status: 'connected' }]);
    expect(dashboard.summaries.total).toBe(dashboard.mails.done);
    expect(dashboard.summaries.today).toBe(dashboard.mails.done);
    expect(dashboard.credits.captured).toBe(dashboard.mails.done);
    const seen = new Set<string>();
    let path: string | null = '/api/email/summaries?limit=7';
    while (path) {
      const page: { data: { id: string; receivedAt: string }[]; nextCursor: string | null } =
        await api.get(path);
      for (const { id } of page.data) seen.add(id);
      path = page.nextCursor && `/api/email/summaries?limit=7&cursor=${encodeURIComponent(page.nextCursor)}`;
    }
    expect(seen.size).toBe(dashboard.mails.done);
    const [one] = [...seen];
    expect(await api.get(`/api/email/summaries/${one ?? ''}`)).toMatchObject({ id: one });
    const jobs = await api.get<{ data: { state: string }[] }>('/api/jobs?state=done&limit=5');
    expect(jobs.data.map(({ state }) => state)).toEqual(Array(5).fill('done'));
  });

  it('another user sees none of it', async () => {
    const stranger = new Api(product.url);
    await register(stranger, { ...account, email: 'ben@example.com' });
    expect(await stranger.get('/api/email/summaries')).toEqual({ data: [], nextCursor: null });
    const { data } = await api.get<{ data: { id: string }[] }>('/api/email/summaries?limit=1');
    await expect(stranger.get(`/api/email/summaries/${data[0]?.id ?? ''}`)).rejects.toThrow('404');
    await expect(stranger.post('/api/gmail/sync', {})).rejects.toThrow('jobs.no-connection');
    const { data: jobs } = await stranger.get<{ data: object[] }>('/api/jobs');
    expect(jobs).toEqual([]);
  });

  it('probes say what an orchestrator needs to know', async () => {
    for (const probe of ['live', 'ready', 'startup'])
      expect(await api.get(`/health/${probe}`)).toMatchObject({ status: 'ok' });
  });
});
