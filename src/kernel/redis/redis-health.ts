import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { EnvDto } from '../config/env.dto';
import { connectRedis } from './connect-redis';

/** Whether the Redis that carries wake-ups and counters answers. */
@Injectable()
export class RedisHealth implements OnModuleDestroy {
  private readonly redis: Redis | undefined;

  constructor({ REDIS_URL }: EnvDto) {
    if (REDIS_URL) this.redis = connectRedis(REDIS_URL, () => undefined);
  }

  /** Undefined where there is none to ask; answers within a second. */
  async answers(): Promise<boolean | undefined> {
    return this.redis?.ping().then(
      () => true,
      () => false,
    );
  }

  onModuleDestroy(): void {
    this.redis?.disconnect();
  }
}
