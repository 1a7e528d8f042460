import { type DynamicModule, Module } from '@nestjs/common';
import { ThrottlerModule, type ThrottlerAsyncOptions, type ThrottlerModuleOptions } from '@nestjs/throttler';
import type { Redis } from 'ioredis';
import { MemoryThrottlerStorage } from './memory-throttler-storage';
import type { RateClass } from './rate-limit.decorator';
import { RedisThrottlerStorage } from './redis-throttler-storage';

/** Calls that one user or address may make in any window. */
export interface RateLimit {
  readonly limit: number;
  readonly windowMs: number;
}

export interface RateLimitOptions {
  readonly limits: Record<RateClass, RateLimit>;
  /** Shares the counts between processes; without it each process counts for itself. */
  readonly redis?: Redis;
}

type AsyncOptions = Pick<ThrottlerAsyncOptions, 'imports' | 'inject'> & {
  useFactory: (...dependencies: never[]) => RateLimitOptions | Promise<RateLimitOptions>;
};

/** Wires the throttler; the application registers `RateLimitGuard` behind its access guard. */
@Module({})
export class RateLimitModule {
  static forRootAsync({ imports, inject, useFactory }: AsyncOptions): DynamicModule {
    const throttler = ThrottlerModule.forRootAsync({
      imports,
      inject,
      useFactory: async (...dependencies: unknown[]) =>
        throttlerOptions(await useFactory(...(dependencies as never[]))),
    });
    return { module: RateLimitModule, imports: [throttler], exports: [throttler] };
  }
}

function throttlerOptions({ limits, redis }: RateLimitOptions): ThrottlerModuleOptions {
  const classes = Object.entries(limits);
  return {
    throttlers: classes.map(([name, { limit, windowMs }]) => ({
      name,
      limit,
      ttl: windowMs,
      blockDuration: 0,
    })),
    storage: redis ? new RedisThrottlerStorage(redis) : new MemoryThrottlerStorage(),
  };
}
