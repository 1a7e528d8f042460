import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { ReadingRepository } from '../reading.repository';

/** Marks a summary as read, or takes that back. Harmless to repeat. @throws DomainError `email.summary-not-found`. */
export class MarkRead extends Command<void> {
  constructor(
    readonly userId: string,
    readonly summaryId: string,
    readonly isRead: boolean,
  ) {
    super();
  }
}

@CommandHandler(MarkRead)
export class MarkReadHandler implements ICommandHandler<MarkRead> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: ReadingRepository,
    private readonly audit: AuditLog,
  ) {}

  execute({ userId, summaryId, isRead }: MarkRead): Promise<void> {
    return this.uow.asUser(userId, async () => {
      const isNoted = await this.repository.markRead(userId, summaryId, isRead ? new Date() : null);
      if (!isNoted) throw new DomainError('not-found', 'email.summary-not-found', 'No such summary');
      const target = { targetType: 'summary', targetId: summaryId, userId };
      await this.audit.record({ action: 'email.summary-marked', ...target, changes: { isRead } });
    });
  }
}
