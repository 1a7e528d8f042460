import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { ListRetentions, type Retention } from '../contracts';
import { PreferencesRepository } from '../preferences.repository';

@QueryHandler(ListRetentions)
export class ListRetentionsHandler implements IQueryHandler<ListRetentions> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly preferences: PreferencesRepository,
  ) {}

  execute({ after, limit }: ListRetentions): Promise<Retention[]> {
    return this.uow.readAsService('find who keeps summaries for how long', () =>
      this.preferences.listRetentions(after, limit),
    );
  }
}
