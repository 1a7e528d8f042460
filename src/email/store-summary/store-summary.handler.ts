import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { v7 as uuidv7 } from 'uuid';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { Outbox } from '../../kernel/outbox/outbox';
import { StoreSummary, SummaryStored } from '../contracts';
import type { Answer } from '../answer';
import { EmailRepository } from '../email.repository';
import { UsageRepository } from '../usage.repository';

@CommandHandler(StoreSummary)
export class StoreSummaryHandler implements ICommandHandler<StoreSummary> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly summaries: EmailRepository,
    private readonly usage: UsageRepository,
    private readonly outbox: Outbox,
  ) {}

  execute({ userId, emailId, answer }: StoreSummary): Promise<{ summaryId: string }> {
    const { draft, spending } = (answer ?? {}) as Partial<Answer>;
    return this.uow.asService('store a summary', async () => {
      const summaryId = draft?.answerId ?? uuidv7();
      await Promise.all([
        this.summaries.keepAccount(userId),
        this.summaries.storeSummary(summaryId, userId, emailId, draft),
        this.usage.countEnded(userId, 'summarised', spending),
        this.outbox.publish(new SummaryStored(userId, emailId, summaryId)),
      ]);
      return { summaryId };
    });
  }
}
