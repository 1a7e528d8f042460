import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { Outbox } from '../../kernel/outbox/outbox';
import { AbandonSummary, SummaryFailed, SummarySkipped } from '../contracts';
import { EmailRepository } from '../email.repository';
import { UsageRepository } from '../usage.repository';

@CommandHandler(AbandonSummary)
export class AbandonSummaryHandler implements ICommandHandler<AbandonSummary> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly summaries: EmailRepository,
    private readonly usage: UsageRepository,
    private readonly outbox: Outbox,
  ) {}

  execute({ userId, emailId, outcome, reasonCode }: AbandonSummary): Promise<void> {
    return this.uow.asService('give a mail up', async () => {
      await this.summaries.dropDrafts(emailId);
      const skipped = outcome === 'skipped';
      if (outcome !== 'cancelled') await this.usage.countEnded(userId, skipped ? 'skipped' : 'failed');
      const Ended = skipped ? SummarySkipped : SummaryFailed;
      await this.outbox.publish(new Ended(userId, emailId, reasonCode));
    });
  }
}
