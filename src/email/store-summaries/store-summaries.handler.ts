import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { v7 as uuidv7 } from 'uuid';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { Outbox } from '../../kernel/outbox/outbox';
import type { Answer } from '../answer';
import { StoreSummaries, SummaryStored } from '../contracts';
import { EmailRepository } from '../email.repository';
import { Spending } from '../summariser/spending';
import { UsageRepository } from '../usage.repository';

@CommandHandler(StoreSummaries)
export class StoreSummariesHandler implements ICommandHandler<StoreSummaries> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly summaries: EmailRepository,
    private readonly usage: UsageRepository,
    private readonly outbox: Outbox,
  ) {}

  execute({ userId, mails }: StoreSummaries): Promise<void> {
    const spent = new Spending();
    const answered = mails.map(({ emailId, answer, origin }) => {
      const { draft, spending } = (answer ?? {}) as Partial<Answer>;
      spent.and(spending);
      return { id: draft?.answerId ?? uuidv7(), emailId, draft, origin };
    });
    return this.uow.asService('store summaries', async () => {
      await Promise.all([
        this.summaries.keepAccount(userId),
        this.summaries.storeSummaries(userId, answered),
        this.usage.countSummarised(userId, answered.length, spent),
        this.outbox.publishFrom(
          answered.map(({ id, emailId, origin }) => ({
            event: new SummaryStored(userId, emailId, id),
            origin,
          })),
        ),
      ]);
    });
  }
}
