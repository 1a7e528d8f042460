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

  async function ready(): Promise<{ status: number; body: { status: string } }> {
    const answer = await fetch(`${product.url}/health/ready`);
    return { status: answer.status, body: (await answer.json()) as { status: string } };
  }

  // Mutant: a Redis that is away and is not told of, or that makes the process not ready.
  it('the process is ready, degraded; payments are credited and syncs accepted; the work is done once it is back, each mail once', async () => {
    const api = new Api(product.url);
    await consent(await register(api, account), account.email, product.url);
    await until(async () => (await balanceOf(api)).granted > 0, 'the welcome credits');
    const port = Number(new URL(redis.url).port);
    expect(await ready()).toEqual({ status: 200, body: expect.objectContaining({ status: 'ok' }) });
    await redis.kill();
    expect(await ready()).toEqual({
      status: 200,
      body: { status: 'degraded', checks: { process: 'up', database: 'up', redis: 'down' } },
    });
    await buyCredits(api, (await balanceOf(api)).available + 1);
    const runId = await sync(api);
    await new Promise((wake) => setTimeout(wake, 2_000));
    expect(await product.sql('select from email_summaries')).toEqual([]);
    redis = await RedisServer.start(port);
    await until(async () => (await ready()).body.status === 'ok', 'the end of being degraded');
    const run = await follow(api, runId, () => undefined);
    expect(run.mails).toMatchObject({ done: mails.length, failed: 0 });
    await until(async () => (await balanceOf(api)).held === 0, 'the captures');
    expect((await balanceOf(api)).captured).toBe(mails.length);
    expect(await product.sql('select * from ledger_violations')).toEqual([]);
  }, 120_000);
});
