import type { ThrottlerStorage } from '@nestjs/throttler';

type Hit = Awaited<ReturnType<ThrottlerStorage['increment']>>;

interface Count {
  hits: number;
  endsAt: number;
}

/** Counts of windows that are over are let go of when there are so many. */
const roomFor = 50_000;

/**
 * Counts hits in fixed windows, as `RedisThrottlerStorage` does, for one process: a hit costs the same however many there were
 * before. The throttler's own storage keeps every hit and reads all of them at the next.
 */
export class MemoryThrottlerStorage implements ThrottlerStorage {
  private readonly counts = new Map<string, Count>();

  increment(key: string, ttl: number, limit: number): Promise<Hit> {
    const now = Date.now();
    let count = this.counts.get(key);
    if (!count || count.endsAt <= now) {
      if (this.counts.size >= roomFor) this.forgetEnded(now);
      count = { hits: 0, endsAt: now + ttl };
      this.counts.set(key, count);
    }
    count.hits += 1;
    const timeToExpire = Math.ceil((count.endsAt - now) / 1_000);
    const isBlocked = count.hits > limit;
    return Promise.resolve({
      totalHits: count.hits,
      timeToExpire,
      isBlocked,
      timeToBlockExpire: isBlocked ? timeToExpire : 0,
    });
  }

  private forgetEnded(now: number): void {
    for (const [key, { endsAt }] of this.counts) if (endsAt <= now) this.counts.delete(key);
  }
}
