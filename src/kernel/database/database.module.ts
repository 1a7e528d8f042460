import { Global, Module } from '@nestjs/common';
import { PrismaConnection } from './prisma-connection';
import { UnitOfWork } from './unit-of-work';

@Global()
@Module({ providers: [PrismaConnection, UnitOfWork], exports: [UnitOfWork] })
export class DatabaseModule {}
