import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../kernel/database/unit-of-work';

/** One thing that was done to, or by, a user. */
export interface TrailRow {
  id: string;
  actorKind: string;
  action: string;
  targetType: string | null;
  targetId: string | null;
  requestId: string | null;
  ipAddress: string | null;
  changes: unknown;
  occurredAt: Date;
}

/** Reads audit rows, in the ambient unit of work of the user they belong to; the kernel alone writes them. */
@Injectable()
export class AuditTrailRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /** A user's own trail, the newest first, from `before` (an id) on. */
  list(userId: string, before: string | null, take: number): Promise<TrailRow[]> {
    return this.uow.db.auditLog.findMany({
      where: { userId, ...(before !== null && { id: { lt: before } }) },
      orderBy: { id: 'desc' },
      take,
      select: {
        id: true,
        actorKind: true,
        action: true,
        targetType: true,
        targetId: true,
        requestId: true,
        ipAddress: true,
        changes: true,
        occurredAt: true,
      },
    });
  }
}
