import { Query } from '@nestjs/cqrs';

/** Which rows of the audit log are meant; what is left out restricts nothing. */
export interface AuditFilter {
  /** Who did it. */
  readonly actorId?: string;
  readonly actorKind?: string;
  /** Whose trail it stands in. */
  readonly userId?: string;
  /** An action, `auth.signed-in`, or how it begins, `auth.`. */
  readonly action?: string;
  readonly targetType?: string;
  readonly targetId?: string;
  readonly requestId?: string;
  /** Inclusive. */
  readonly from?: Date;
  /** Exclusive. */
  readonly to?: Date;
}

/** A row of the audit log. */
export interface AuditRecord {
  id: string;
  /** Whose trail it stands in; null for what concerns no user. */
  userId: string | null;
  actorKind: string;
  /** The user or administrator who did it; null for machines. */
  actorId: string | null;
  action: string;
  targetType: string | null;
  targetId: string | null;
  requestId: string | null;
  /** Null where there was none, and once it was erased. */
  ipAddress: string | null;
  changes: Record<string, unknown>;
  /** ISO 8601. */
  occurredAt: string;
}

/**
 * A page of the audit log over all users, the newest first. For administrators only: the caller has seen to that.
 * @throws DomainError `request.bad-cursor` (invalid).
 */
export class SearchAuditLog extends Query<{ data: AuditRecord[]; nextCursor: string | null }> {
  constructor(
    readonly filter: AuditFilter,
    readonly limit: number,
    readonly cursor?: string,
  ) {
    super();
  }
}
