import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../kernel/database/unit-of-work';
import type { AuditFilter } from './contracts';

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

/** The same, with who did it and whose trail it stands in. */
export interface AuditRow extends TrailRow {
  userId: string | null;
  actorId: string | null;
}

const trailFields = {
  id: true,
  actorKind: true,
  action: true,
  targetType: true,
  targetId: true,
  requestId: true,
  ipAddress: true,
  changes: true,
  occurredAt: true,
} as const;

/** Reads audit rows, in the ambient unit of work; the kernel alone writes them. */
@Injectable()
export class AuditTrailRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /** A user's own trail, the newest first, from `before` (an id) on. */
  list(userId: string, before: string | null, take: number): Promise<TrailRow[]> {
    return this.uow.db.auditLog.findMany({
      where: { userId, ...(before !== null && { id: { lt: before } }) },
      orderBy: { id: 'desc' },
      take,
      select: trailFields,
    });
  }

  /** What matches in the whole log, the newest first, from `before` (an id) on (service). */
  search(
    { action, from, to, ...exactly }: AuditFilter,
    before: string | null,
    take: number,
  ): Promise<AuditRow[]> {
    return this.uow.db.auditLog.findMany({
      where: {
        ...exactly,
        ...(action !== undefined && { action: action.endsWith('.') ? { startsWith: action } : action }),
        ...((from ?? to) && { occurredAt: { gte: from, lt: to } }),
        ...(before !== null && { id: { lt: before } }),
      },
      orderBy: { id: 'desc' },
      take,
      select: { ...trailFields, userId: true, actorId: true },
    });
  }
}
