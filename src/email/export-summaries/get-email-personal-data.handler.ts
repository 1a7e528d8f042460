import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { GetEmailPersonalData, type PersonalData } from '../../auth/contracts';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { EmailRepository } from '../email.repository';
import { summaryView } from '../list-summaries/summary-view';

@QueryHandler(GetEmailPersonalData)
export class GetEmailPersonalDataHandler implements IQueryHandler<GetEmailPersonalData> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: EmailRepository,
  ) {}

  async execute({ userId }: GetEmailPersonalData): Promise<PersonalData> {
    const rows = await this.uow.readAsUser(userId, () => this.repository.listAll(userId));
    return { summaries: rows.map(summaryView) };
  }
}
