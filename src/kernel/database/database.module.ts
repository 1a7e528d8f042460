import { Global, Module } from '@nestjs/common';
import { DatabaseHealth } from './database-health';
import { PrismaConnection } from './prisma-connection';
import { UnitOfWork } from './unit-of-work';

@Global()
@Module({ providers: [PrismaConnection, UnitOfWork, DatabaseHealth], exports: [UnitOfWork, DatabaseHealth] })
export class DatabaseModule {}
