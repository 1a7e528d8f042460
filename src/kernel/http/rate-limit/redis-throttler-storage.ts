import type { ThrottlerStorage } from '@nestjs/throttler';
import type { Redis } from 'ioredis';

type Hit = Awaited<ReturnType<ThrottlerStorage['increment']>>;

/** One step on the server, so that two processes never both take the last hit, nor leave a count that never ends. */
const countHit = `
  local hits = redis.call('INCR', KEYS[1])
  local left = redis.call('PTTL', KEYS[1])
  if left < 0 then
    redis.call('PEXPIRE', KEYS[1], ARGV[1])
    left = tonumber(ARGV[1])
  end
  return {hits, left}`;

type RedisWithCount = Redis & { inbriefCountHit(key: string, windowMs: number): Promise<[number, number]> };

/** Counts hits in fixed windows that all processes share. Its errors are the guard's to judge. */
export class RedisThrottlerStorage implements ThrottlerStorage {
  private readonly redis: RedisWithCount;

  constructor(redis: Redis) {
    redis.defineCommand('inbriefCountHit', { numberOfKeys: 1, lua: countHit });
    this.redis = redis as RedisWithCount;
  }

  async increment(key: string, ttl: number, limit: number): Promise<Hit> {
    const [totalHits, leftMs] = await this.redis.inbriefCountHit(`inbrief:rate:${key}`, ttl);
    const timeToExpire = Math.ceil(leftMs / 1_000);
    const isBlocked = totalHits > limit;
    return { totalHits, timeToExpire, isBlocked, timeToBlockExpire: isBlocked ? timeToExpire : 0 };
  }
}
