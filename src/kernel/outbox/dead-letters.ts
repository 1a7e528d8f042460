import { Injectable } from '@nestjs/common';
import { AuditLog } from '../audit/audit-log';
import { UnitOfWork } from '../database/unit-of-work';
import { DomainError } from '../errors/domain-error';
import { OutboxRepository } from './outbox.repository';
import { OutboxWakeUp } from './outbox-wake-up';

/** What an administrator decides about events that were given up; each decision is audited in its transaction. */
@Injectable()
export class DeadLetters {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: OutboxRepository,
    private readonly wakeUp: OutboxWakeUp,
    private readonly audit: AuditLog,
  ) {}

  /** Relays the event once more, from its first attempt. @throws DomainError `outbox.no-dead-letter` (not-found). */
  replay(id: string, reason: string): Promise<void> {
    return this.decide('outbox.dead-letter-replayed', id, reason, () => this.repository.raise(id));
  }

  /** Settles the event without its consequences. @throws DomainError `outbox.no-dead-letter` (not-found). */
  drop(id: string, reason: string): Promise<void> {
    return this.decide('outbox.dead-letter-dropped', id, reason, () => this.repository.bury(id, reason));
  }

  private decide(action: string, id: string, reason: string, act: () => Promise<boolean>): Promise<void> {
    return this.uow.asService(action, async () => {
      if (!(await act()))
        throw new DomainError('not-found', 'outbox.no-dead-letter', 'There is no such dead letter.');
      await this.audit.record({ action, targetType: 'outbox-message', targetId: id, changes: { reason } });
      this.uow.afterCommit(() => this.wakeUp.ring());
    });
  }
}
