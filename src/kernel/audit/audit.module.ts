import { Global, Module } from '@nestjs/common';
import { AuditChain } from './audit-chain';
import { AuditChainRepository } from './audit-chain.repository';
import { AuditHeadController } from './audit-head.controller';
import { AuditLog } from './audit-log';
import { AuditRepository } from './audit.repository';
import { SealAuditLog } from './seal-audit-log';

@Global()
@Module({
  controllers: [AuditHeadController],
  providers: [AuditLog, AuditRepository, AuditChain, AuditChainRepository, SealAuditLog],
  exports: [AuditLog],
})
export class AuditModule {}
