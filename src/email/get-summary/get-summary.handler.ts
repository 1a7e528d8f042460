import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import type { SummaryDto } from '../list-summaries/summary.dto';
import { summaryView } from '../list-summaries/summary-view';
import { ReadingRepository } from '../reading.repository';

/** One summary of a user. @throws DomainError `email.summary-not-found`. */
export class GetSummary extends Query<SummaryDto> {
  constructor(
    readonly userId: string,
    readonly summaryId: string,
  ) {
    super();
  }
}

@QueryHandler(GetSummary)
export class GetSummaryHandler implements IQueryHandler<GetSummary> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: ReadingRepository,
  ) {}

  async execute({ userId, summaryId }: GetSummary): Promise<SummaryDto> {
    const row = await this.uow.readAsUser(userId, () => this.repository.find(userId, summaryId));
    if (!row) throw new DomainError('not-found', 'email.summary-not-found', 'No such summary');
    return summaryView(row);
  }
}
