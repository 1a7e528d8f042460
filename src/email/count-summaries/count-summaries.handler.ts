import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { CountSummaries, type SummaryCounts } from '../contracts';
import { EmailRepository } from '../email.repository';

@QueryHandler(CountSummaries)
export class CountSummariesHandler implements IQueryHandler<CountSummaries> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: EmailRepository,
  ) {}

  execute({ userId }: CountSummaries): Promise<SummaryCounts> {
    return this.uow.readAsUser(userId, () => this.repository.count(userId));
  }
}
