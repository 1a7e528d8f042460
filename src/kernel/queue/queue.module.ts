import { Global, Module } from '@nestjs/common';
import { RedisHealth } from '../redis/redis-health';
import { Queues } from './queues';

@Global()
@Module({ providers: [Queues, RedisHealth], exports: [Queues, RedisHealth] })
export class QueueModule {}
