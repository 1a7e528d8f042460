import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { Cache, type Lease, type OnLookup } from './cache';

/** Longest load that may still store its value, in milliseconds. */
const leaseMs = 30_000;

const redeemLease = `
  if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
  redis.call('DEL', KEYS[2])
  redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
  return 1`;

type RedisWithRedeem = Redis & {
  inbriefRedeemLease(
    key: string,
    leaseKey: string,
    lease: string,
    text: string,
    ttlMs: number,
  ): Promise<number>;
};

/** Entries that all processes share. A Redis that is out makes every lookup a miss, never an error. */
export class RedisCache extends Cache {
  private readonly logger = new Logger('cache');
  private readonly redis: RedisWithRedeem;

  constructor(redis: Redis, onLookup?: OnLookup) {
    super(onLookup);
    redis.defineCommand('inbriefRedeemLease', { numberOfKeys: 2, lua: redeemLease });
    this.redis = redis as RedisWithRedeem;
  }

  protected read(key: string): Promise<string | undefined> {
    return this.orNothing(async () => (await this.redis.get(entryKey(key))) ?? undefined);
  }

  protected async write(key: string, text: string, ttlMs: number): Promise<void> {
    await this.orNothing(() => this.redis.set(entryKey(key), text, 'PX', ttlMs));
  }

  protected async remove(keys: string[]): Promise<void> {
    if (keys.length > 0) await this.redis.del(keys.flatMap((key) => [entryKey(key), leaseKey(key)]));
  }

  protected lease(key: string): Promise<Lease | undefined> {
    return this.orNothing(async () => {
      const lease = randomUUID();
      await this.redis.set(leaseKey(key), lease, 'PX', leaseMs);
      return lease;
    });
  }

  protected async redeem(key: string, lease: Lease, text: string, ttlMs: number): Promise<void> {
    await this.orNothing(() =>
      this.redis.inbriefRedeemLease(entryKey(key), leaseKey(key), lease, text, ttlMs),
    );
  }

  private async orNothing<T>(command: () => Promise<T>): Promise<T | undefined> {
    try {
      return await command();
    } catch (error) {
      this.logger.debug({ err: error }, 'The cache is out');
      return undefined;
    }
  }
}

/** Braces put both keys of an entry on one node of a cluster. */
const entryKey = (key: string): string => `inbrief:cache:{${key}}`;
const leaseKey = (key: string): string => `inbrief:lease:{${key}}`;
