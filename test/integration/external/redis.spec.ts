import { once } from 'node:events';
import { Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { connectRedis } from '../../../src/kernel/redis/connect-redis';
import { RedisThrottlerStorage } from '../../../src/kernel/http/rate-limit/redis-throttler-storage';
import { hasRedis, RedisServer } from '../../support/redis';

const minute = 60_000;
const describeWithRedis = hasRedis ? describe : describe.skip;
if (!hasRedis)
  process.stdout.write('Skipped: no redis-server on this machine (apt-get install redis-server)\n');

describeWithRedis('what processes share through Redis', () => {
  let server: RedisServer;
  let clients: Redis[] = [];
  const connect = async () => {
    const redis = connectRedis(server.url, () => undefined);
    clients.push(redis);
    await once(redis, 'ready');
    return redis;
  };

  beforeAll(() => {
    Logger.overrideLogger(false);
  });
  beforeEach(async () => {
    server = await RedisServer.start();
  });
  afterEach(async () => {
    for (const client of clients) client.disconnect();
    clients = [];
    await server.kill();
  });

  describe('the rate limiter', () => {
    it('counts the hits of all processes in one window', async () => {
      const [mine, theirs] = [
        new RedisThrottlerStorage(await connect()),
        new RedisThrottlerStorage(await connect()),
      ];
      const hits = [await mine.increment('auth:a', minute, 2), await theirs.increment('auth:a', minute, 2)];
      expect(hits.map(({ totalHits, isBlocked }) => [totalHits, isBlocked])).toEqual([
        [1, false],
        [2, false],
      ]);
      const third = await mine.increment('auth:a', minute, 2);
      expect(third).toEqual({ totalHits: 3, timeToExpire: 60, isBlocked: true, timeToBlockExpire: 60 });
      expect((await mine.increment('auth:b', minute, 2)).totalHits).toBe(1);
    });

    // Mutant: an expiry renewed by every hit, under which an eager caller never gets in again.
    it('opens a new window at its time, however often it was asked', async () => {
      const storage = new RedisThrottlerStorage(await connect());
      const window = 100;
      const counted = [(await storage.increment('read:a', window, 1)).totalHits];
      const opened = performance.now();
      while (performance.now() - opened < 3 * window) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        counted.push((await storage.increment('read:a', window, 1)).totalHits);
      }
      expect(counted.at(-1)).toBeLessThan(counted.length);
    });

    it('fails at once while Redis is out', async () => {
      const storage = new RedisThrottlerStorage(await connect());
      await server.kill();
      const start = performance.now();
      await expect(storage.increment('auth:a', minute, 2)).rejects.toThrow();
      expect(performance.now() - start).toBeLessThan(1_500);
    });
  });
});
