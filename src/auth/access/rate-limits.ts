import { type DynamicModule, Injectable, Logger, Module, type OnModuleDestroy } from '@nestjs/common';
import { connectRedis } from '../../kernel/redis/connect-redis';
import { EnvDto } from '../../kernel/config/env.dto';
import { RateLimitModule } from '../../kernel/http/rate-limit/rate-limit.module';

/** The Redis that processes share their counts through, where there is one. */
@Injectable()
class SharedCounts implements OnModuleDestroy {
  private readonly logger = new Logger('rate-limit');
  readonly redis;

  constructor({ REDIS_URL }: EnvDto) {
    this.redis =
      REDIS_URL === undefined
        ? undefined
        : connectRedis(REDIS_URL, (error) => this.logger.debug({ err: error }, 'Redis is out'));
  }

  onModuleDestroy(): void {
    this.redis?.disconnect();
  }
}

@Module({ providers: [SharedCounts], exports: [SharedCounts] })
class SharedCountsModule {}

const minuteMs = 60_000;

/** What `RateLimitGuard` counts with: the limits of the environment, and Redis where processes must share them. */
export function rateLimits(): DynamicModule {
  return RateLimitModule.forRootAsync({
    imports: [SharedCountsModule],
    inject: [EnvDto, SharedCounts],
    useFactory: (env: EnvDto, { redis }: SharedCounts) => ({
      limits: {
        auth: { limit: env.RATE_LIMIT_AUTH, windowMs: minuteMs },
        write: { limit: env.RATE_LIMIT_WRITE, windowMs: minuteMs },
        read: { limit: env.RATE_LIMIT_READ, windowMs: minuteMs },
      },
      redis,
    }),
  });
}
