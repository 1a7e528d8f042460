import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import type { FeedbackDto, FeedbackReason } from '../list-summaries/summary.dto';
import { ReadingRepository } from '../reading.repository';

/**
 * Notes what a reader says of a summary, in place of what they said before.
 * @throws DomainError `email.summary-not-found`.
 */
export class GiveFeedback extends Command<FeedbackDto> {
  constructor(
    readonly userId: string,
    readonly summaryId: string,
    readonly useful: boolean,
    readonly reason: FeedbackReason | null,
    readonly comment: string | null,
  ) {
    super();
  }
}

@CommandHandler(GiveFeedback)
export class GiveFeedbackHandler implements ICommandHandler<GiveFeedback> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: ReadingRepository,
    private readonly audit: AuditLog,
  ) {}

  async execute({ userId, summaryId, useful, reason, comment }: GiveFeedback): Promise<FeedbackDto> {
    const feedback = { useful, reason, comment };
    const at = new Date();
    await this.uow.asUser(userId, async () => {
      const isNoted = await this.repository.noteFeedback(userId, summaryId, feedback, at);
      if (!isNoted) throw new DomainError('not-found', 'email.summary-not-found', 'No such summary');
      const target = { targetType: 'summary', targetId: summaryId, userId };
      await this.audit.record({ action: 'email.feedback-given', ...target, changes: { useful, reason } });
    });
    return { ...feedback, at };
  }
}
