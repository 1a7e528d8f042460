import { once } from 'node:events';
import { Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { connectRedis } from '../../../src/kernel/cache/connect-redis';
import { RedisCache } from '../../../src/kernel/cache/redis-cache';
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

  describe('the cache', () => {
    it('shows one process what another set, deleted, or let expire', async () => {
      const [mine, theirs] = [new RedisCache(await connect()), new RedisCache(await connect())];
      await mine.set('user:1', { name: 'Ada' }, minute);
      expect(await theirs.get('user:1')).toEqual({ name: 'Ada' });
      await theirs.delete('user:1');
      expect(await mine.get('user:1')).toBeUndefined();
      await mine.set('user:2', 1, 30);
      await new Promise((resolve) => setTimeout(resolve, 60));
      expect(await theirs.get('user:2')).toBeUndefined();
    });

    it('loads once and serves the other process from the store', async () => {
      const [mine, theirs] = [new RedisCache(await connect()), new RedisCache(await connect())];
      expect(await mine.wrap('k:1', minute, () => Promise.resolve('mine'))).toBe('mine');
      expect(await theirs.wrap('k:1', minute, () => Promise.resolve('theirs'))).toBe('mine');
    });

    // Mutant: a SET after the load, whatever another process deleted meanwhile.
    it('does not store what one process loaded before another deleted it', async () => {
      const [mine, theirs] = [new RedisCache(await connect()), new RedisCache(await connect())];
      await mine.wrap('session:1', minute, async () => {
        await theirs.delete('session:1');
        return 'active';
      });
      expect(await theirs.get('session:1')).toBeUndefined();
    });

    it('misses while Redis is out, and says so when a delete is lost', async () => {
      const cache = new RedisCache(await connect());
      await cache.set('k:1', 1, minute);
      await server.kill();
      expect(await cache.get('k:1')).toBeUndefined();
      expect(await cache.wrap('k:1', minute, () => Promise.resolve('loaded'))).toBe('loaded');
      await expect(cache.delete('k:1')).rejects.toThrow();
    });
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
      for (let hit = 0; hit < 5; hit++) {
        await storage.increment('read:a', 100, 1);
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
      expect((await storage.increment('read:a', 100, 1)).totalHits).toBeLessThan(4);
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
