import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { ListSummaryFacts, type SummaryFacts } from '../../gmail/contracts';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { EmailRepository } from '../email.repository';

@QueryHandler(ListSummaryFacts)
export class ListSummaryFactsHandler implements IQueryHandler<ListSummaryFacts> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: EmailRepository,
  ) {}

  execute({ userId, filter, limit }: ListSummaryFacts): Promise<SummaryFacts[]> {
    return this.uow.readAsUser(userId, () => this.repository.listFacts(userId, filter, limit));
  }
}
