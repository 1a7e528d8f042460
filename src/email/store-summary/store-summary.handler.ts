import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { Outbox } from '../../kernel/outbox/outbox';
import { StoreSummary, SummaryStored } from '../contracts';
import { EmailRepository } from '../email.repository';

@CommandHandler(StoreSummary)
export class StoreSummaryHandler implements ICommandHandler<StoreSummary> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: EmailRepository,
    private readonly outbox: Outbox,
  ) {}

  execute({ userId, emailId }: StoreSummary): Promise<{ summaryId: string }> {
    return this.uow.asService('store a summary', async () => {
      const draft = await this.repository.takeDraft(emailId);
      const summaryId = await this.repository.insertSummary(userId, emailId, draft);
      await this.repository.countEnded(userId, 'summarised');
      await this.outbox.publish(new SummaryStored(userId, emailId, summaryId));
      return { summaryId };
    });
  }
}
