import { Inject, Injectable, Logger, type OnModuleDestroy, type Provider } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { EnvDto } from '../../kernel/config/env.dto';
import { connectRedis } from '../../kernel/redis/connect-redis';
import { MemoryQuotaBudget } from './memory-quota-budget';
import { QuotaBudget } from './quota-budget';
import { RedisQuotaBudget } from './redis-quota-budget';

const QUOTA_REDIS = Symbol('gmail.quota-redis');

const redis: Provider = {
  provide: QUOTA_REDIS,
  inject: [EnvDto],
  useFactory: ({ REDIS_URL }: EnvDto): Redis | null => {
    const logger = new Logger('gmail-quota');
    return REDIS_URL
      ? connectRedis(REDIS_URL, (error) => logger.debug({ err: error }, 'Redis is out'))
      : null;
  },
};

const budget: Provider = {
  provide: QuotaBudget,
  inject: [EnvDto, QUOTA_REDIS],
  useFactory: (env: EnvDto, shared: Redis | null): QuotaBudget => {
    const limits = {
      perUser: env.GMAIL_UNITS_PER_USER_PER_MINUTE,
      perProject: env.GMAIL_UNITS_PER_PROJECT_PER_MINUTE,
    };
    return shared ? new RedisQuotaBudget(shared, limits) : new MemoryQuotaBudget(limits);
  },
};

/** Closes the budget's connection with the process. */
@Injectable()
class QuotaConnection implements OnModuleDestroy {
  constructor(@Inject(QUOTA_REDIS) private readonly shared: Redis | null) {}

  onModuleDestroy(): void {
    this.shared?.disconnect();
  }
}

/** `QuotaBudget`: shared through Redis where there is one, else of this process alone. */
export const quotaProviders: Provider[] = [redis, budget, QuotaConnection];
