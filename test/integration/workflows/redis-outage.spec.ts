import { Api } from '../../../sandbox/demo/api';
import { balanceOf, buyCredits, consent, follow, register, sync, until } from '../../../sandbox/demo/journey';
import { fillMailbox } from '../../../sandbox/demo/mailbox';
import { startTestApp, type TestApp } from '../../support/app';
import { hasRedis, RedisServer } from '../../support/redis';

const account = { email: 'ada@example.com', password: 'correct-horse-battery-staple' };
const mails = Array.from({ length: 12 }, (_, index) => ({
  raw: Buffer.from(
    `From: Bo <bo@example.org>\r\nSubject: Note ${index}\r\nMessage-ID: <${index}@example.org>\r\n\r\nNote number ${index} says hello to you.\r\n`,
  ),
  internalDate: Date.parse('2026-11-20T10:00:00Z') - index * 60_000,
}));

(hasRedis ? describe : describe.skip)('while Redis is down (skipped: no redis-server here)', () => {
  let redis: RedisServer;
  let product: TestApp;
  beforeAll(async () => {
    redis = await RedisServer.start();
    product = await startTestApp({ env: { REDIS_URL: redis.url } });
    await fillMailbox(product.google.url, account.email, mails);
  });
  afterAll(async () => {
    await product.close();
    await redis.kill();
  });

  it('payments are credited and syncs accepted; the work is done once it is back, each mail once', async () => {
    const api = new Api(product.url);
    await consent(await register(api, account), account.email, product.url);
    await until(async () => (await balanceOf(api)).granted > 0, 'the welcome credits');
    const port = Number(new URL(redis.url).port);
    await redis.kill();
    await buyCredits(api, (await balanceOf(api)).available + 1);
    const runId = await sync(api);
    await new Promise((wake) => setTimeout(wake, 2_000));
    expect(await product.sql('select from email_summaries')).toEqual([]);
    redis = await RedisServer.start(port);
    const run = await follow(api, runId, () => undefined);
    expect(run.mails).toMatchObject({ done: mails.length, failed: 0 });
    await until(async () => (await balanceOf(api)).held === 0, 'the captures');
    expect((await balanceOf(api)).captured).toBe(mails.length);
    expect(await product.sql('select * from ledger_violations')).toEqual([]);
  }, 120_000);
});
