import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { GetSummarisedMail } from '../contracts';
import { ReadingRepository } from '../reading.repository';

@QueryHandler(GetSummarisedMail)
export class GetSummarisedMailHandler implements IQueryHandler<GetSummarisedMail> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: ReadingRepository,
  ) {}

  async execute({ userId, summaryId }: GetSummarisedMail): Promise<{ emailId: string }> {
    const row = await this.uow.readAsUser(userId, () => this.repository.find(userId, summaryId));
    if (!row) throw new DomainError('not-found', 'email.summary-not-found', 'No such summary');
    return { emailId: row.emailId };
  }
}
