import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Prisma } from '../database/generated/client';
import { UnitOfWork } from '../database/unit-of-work';
import { DomainError } from '../errors/domain-error';
import { currentRequest } from '../http/request-context';
import { redact } from '../observability/redaction';
import type { ActorKind, AuditEntry } from './audit-entry';
import { AuditRepository } from './audit.repository';

/** The append-only record of what was done, by whom, to what. */
@Injectable()
export class AuditLog {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: AuditRepository,
  ) {}

  /**
   * Leaves one row in the ambient transaction: it commits with the change it tells of, or not at all. Actor, request id
   * and address are those of the call being served.
   * @throws DomainError `kernel.audit-outside-transaction` when there is no transaction to commit with.
   */
  async record(entry: AuditEntry): Promise<void> {
    if (!this.uow.inTransaction)
      throw new DomainError(
        'internal',
        'kernel.audit-outside-transaction',
        'An audit row must commit with its change',
      );
    const request = currentRequest();
    const actorKind: ActorKind = request?.role ?? 'system';
    await this.repository.append({
      id: uuidv7(),
      userId: entry.userId ?? request?.userId ?? null,
      actorKind,
      actorId: request?.userId ?? null,
      action: entry.action,
      targetType: entry.targetType ?? null,
      targetId: entry.targetId ?? null,
      requestId: request?.requestId ?? null,
      ipAddress: request?.ip ?? null,
      changes: plain(redact(entry.changes ?? {})),
    });
  }

  /** Erases the addresses of what a user did, and of what was done to the account; the rows stay (service). */
  eraseAddressesOf(userId: string): Promise<void> {
    return this.repository.eraseAddressesOf(userId);
  }

  /** Erases the addresses of everything that was done before; the rows stay (service). */
  eraseAddressesBefore(time: Date): Promise<void> {
    return this.repository.eraseAddressesBefore(time);
  }
}

/** As JSON has it: dates become text, undefined goes. */
function plain(changes: unknown): Prisma.InputJsonObject {
  return JSON.parse(JSON.stringify(changes)) as Prisma.InputJsonObject;
}
