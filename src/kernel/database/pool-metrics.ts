import { Injectable } from '@nestjs/common';
import { EnvDto } from '../config/env.dto';
import { Metrics } from '../observability/metrics';
import { PrismaConnection } from './prisma-connection';

/** How much of the process's connection pool is in use; it costs no query. */
@Injectable()
export class PoolMetrics {
  constructor(env: EnvDto, metrics: Metrics, { pool }: PrismaConnection) {
    const size = metrics.gauge('inbrief_database_pool_size', 'Connections the pool may have.');
    size.set(env.DATABASE_POOL_SIZE);
    const help = 'Connections of the pool that are lent or idle, and callers that wait for one.';
    metrics.gauge('inbrief_database_pool', help, ['state'], (gauge) => {
      gauge.set({ state: 'lent' }, pool.totalCount - pool.idleCount);
      gauge.set({ state: 'idle' }, pool.idleCount);
      gauge.set({ state: 'awaited' }, pool.waitingCount);
    });
  }
}
