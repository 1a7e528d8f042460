import { until } from '../../../sandbox/demo/journey';
import { fillMailbox } from '../../../sandbox/demo/mailbox';
import { Inbrief } from '../../../sdk/src';
import { startTestApp, type TestApp } from '../../support/app';
import { joinAs, startSync, welcomed } from '../../support/sdk-journey';

const mails = Array.from({ length: 3 }, (_, index) => ({
  raw: Buffer.from(
    `From: Bo <bo@example.org>\r\nSubject: Note ${index}\r\nMessage-ID: <${index}@example.org>\r\n\r\nPlease read note ${index}.\r\n`,
  ),
  internalDate: Date.parse('2026-11-20T10:00:00Z') - index * 60_000,
}));

describe('caps of what a day may cost', () => {
  let product: TestApp;
  beforeAll(async () => {
    product = await startTestApp({
      env: { WORKER_CONCURRENCY: '1' },
      settings: { 'llm.dailySpendCapMicros': 1_000_000, 'llm.userDailySpendCapMicros': 1 },
    });
  });
  afterAll(() => product.close());

  async function syncMailbox(email: string): Promise<{ inbrief: Inbrief; userId: string }> {
    const inbrief = new Inbrief({ baseUrl: product.url });
    await fillMailbox(product.google.url, email, mails);
    await joinAs(inbrief, { email, password: 'correct-horse-battery-staple' }, product.url);
    await welcomed(inbrief);
    await startSync(inbrief);
    const [user] = await product.sql<{ id: string }>('select id from users where email = $1', [email]);
    return { inbrief, userId: user?.id ?? '' };
  }

  const jobsOf = async (inbrief: Inbrief) => (await inbrief.jobs.list()).data;
  const waiting = async (inbrief: Inbrief, reasonCode: string) =>
    (await jobsOf(inbrief)).filter((job) => job.state === 'queued' && job.reasonCode === reasonCode).length;
  const done = async (inbrief: Inbrief) =>
    (await jobsOf(inbrief)).filter(({ state }) => state === 'done').length;

  it('keep work waiting until midnight UTC, visibly, for one user or for all, and lose none of it', async () => {
    const { inbrief: ada, userId } = await syncMailbox('ada@example.com');
    await until(async () => (await waiting(ada, 'email.user-spend-cap')) === 2, "the user's cap");
    expect(await done(ada)).toBe(1);
    const [{ late } = { late: 0 }] = await product.sql<{ late: number }>(
      `select count(*)::int as late from processing_jobs
       where state = 'queued' and available_at >= date_trunc('day', now() at time zone 'utc') at time zone 'utc' + interval '1 day'`,
    );
    expect(late).toBe(2);
    expect((await ada.billing.balance()).held).toBe(2);

    const spend = (micros: number) =>
      product.sql('update usage_analytics set cost_micros = $2 where user_id = $1', [userId, micros]);
    await spend(1_000_000);
    const { inbrief: ben } = await syncMailbox('ben@example.com');
    await until(async () => (await waiting(ben, 'email.daily-spend-cap')) === 3, "everybody's cap");

    const tomorrow = setInterval(() => {
      void product
        .sql('update usage_analytics set cost_micros = 0')
        .then(() => product.sql('update dispatch_lanes set paused_until = now()'))
        .then(() => product.sql(`update processing_jobs set available_at = now() where state = 'queued'`));
    }, 300);
    await until(async () => (await done(ada)) === 3 && (await done(ben)) === 3, 'the next day');
    clearInterval(tomorrow);
    await until(
      async () => (await ben.billing.balance()).held + (await ada.billing.balance()).held === 0,
      'the captures',
    );
    expect(await product.sql('select * from ledger_violations')).toEqual([]);
  }, 90_000);
});
