import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { WalkMailbox } from '../../../../src/gmail/contracts';
import { MemoryQuotaBudget } from '../../../../src/gmail/quota/memory-quota-budget';
import { QuotaBudget } from '../../../../src/gmail/quota/quota-budget';
import { RedisQuotaBudget } from '../../../../src/gmail/quota/redis-quota-budget';
import { connectRedis } from '../../../../src/kernel/redis/connect-redis';
import { hasRedis, RedisServer } from '../../../support/redis';
import { startGmailApp } from './gmail-app';

const mails = 5_000;

/** Minutes of quota without waiting for them: only a budget that waits moves the time, and Google sees calls late. */
function simulatedTime() {
  let now = Date.now();
  let seen = now;
  return {
    budget: {
      now: () => now,
      wait: (ms: number) => {
        now += ms;
        return Promise.resolve();
      },
    },
    google: () => (seen = Math.max(seen, now + Math.random() * 800)),
  };
}

describe('a backfill under Google’s quota', () => {
  // Mutant caught: without the budget, or with one that refills while it empties, Google rejects calls.
  it('sees no rejection, and uses over nine tenths of 6,000 units a minute', async () => {
    const time = simulatedTime();
    const gmail = await startGmailApp({
      google: { quota: { perUserPerMinute: 6_000 }, now: time.google },
      env: { GMAIL_UNITS_PER_USER_PER_MINUTE: '6000' },
      overrides: [
        [QuotaBudget, new MemoryQuotaBudget({ perUser: 6_000, perProject: 1_200_000 }, time.budget)],
      ],
    });
    try {
      const box = await gmail.connected(mails);
      const begun = time.budget.now();
      await gmail.commands.execute(new WalkMailbox(box.userId, box.connectionId, uuidv7()));
      const minutes = (time.budget.now() - begun) / 60_000;
      const { rejections, totalUnits, peakUnitsPerMinute } = gmail.google.quota.snapshot();
      expect(rejections).toEqual([]);
      expect(peakUnitsPerMinute).toBeLessThanOrEqual(6_000);
      expect(totalUnits).toBeGreaterThanOrEqual(mails * 20);
      expect(totalUnits / minutes).toBeGreaterThan(0.9 * 6_000);
    } finally {
      await gmail.close();
    }
  }, 120_000);
});

(hasRedis ? describe : describe.skip)('a budget that processes share through Redis', () => {
  it('is one budget, and each process keeps to it alone while Redis is out', async () => {
    const server = await RedisServer.start();
    const clients = [1, 2].map(() => connectRedis(server.url, () => undefined));
    await Promise.all(clients.map((client) => once(client, 'ready')));
    Logger.overrideLogger(false);
    // Whoever must wait waits for good, so that nothing outlives the test.
    const patient = { now: () => Date.now(), wait: () => new Promise<never>(() => undefined) };
    const limits = { perUser: 100, perProject: 1_000 };
    const [one, two] = [clients[0]!, clients[1]!].map(
      (client) => new RedisQuotaBudget(client, limits, patient),
    );
    await one!.take('ada', 60);
    await two!.charge('ada', 40);
    const late = two!.take('ada', 10).then(() => 'taken');
    expect(await Promise.race([late, wait(300, 'waiting')])).toBe('waiting');
    await two!.take('bob', 100);
    await server.kill();
    await one!.take('carol', 100);
    for (const client of clients) client.disconnect();
  });
});
