import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { CountMailOutcomes, type MailOutcomes } from '../../gmail/contracts';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { JobListsRepository } from '../job-lists.repository';

@QueryHandler(CountMailOutcomes)
export class CountMailOutcomesHandler implements IQueryHandler<CountMailOutcomes> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly jobs: JobListsRepository,
  ) {}

  async execute({ userId, connectionId }: CountMailOutcomes): Promise<MailOutcomes> {
    const groups = await this.uow.readAsUser(userId, () => this.jobs.countOutcomes(userId, connectionId));
    const outcomes: MailOutcomes = { summarised: 0, skipped: {}, failed: 0, waiting: 0 };
    for (const { state, reasonCode, mails } of groups) {
      if (state === 'done') outcomes.summarised += mails;
      else if (state === 'skipped') outcomes.skipped[reasonCode ?? 'unknown'] = mails;
      else if (state === 'failed' || state === 'cancelled') outcomes.failed += mails;
      else outcomes.waiting += mails;
    }
    return outcomes;
  }
}
