import { Injectable } from '@nestjs/common';
import type { Prisma } from '../database/generated/client';
import { UnitOfWork } from '../database/unit-of-work';

/** The one writer of audit_logs, in the ambient transaction. */
@Injectable()
export class AuditRepository {
  constructor(private readonly uow: UnitOfWork) {}

  async append(row: Prisma.AuditLogCreateManyInput): Promise<void> {
    await this.uow.db.auditLog.createMany({ data: row });
  }
}
