import { Global, Module } from '@nestjs/common';
import { DatabaseHealth } from './database-health';
import { PoolMetrics } from './pool-metrics';
import { PrismaConnection } from './prisma-connection';
import { UnitOfWork } from './unit-of-work';

@Global()
@Module({
  providers: [PrismaConnection, UnitOfWork, DatabaseHealth, PoolMetrics],
  exports: [UnitOfWork, DatabaseHealth],
})
export class DatabaseModule {}
