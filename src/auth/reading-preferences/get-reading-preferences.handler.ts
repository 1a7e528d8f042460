import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { GetReadingPreferences, type ReadingPreferences } from '../contracts';
import { PreferencesRepository } from '../preferences.repository';

@QueryHandler(GetReadingPreferences)
export class GetReadingPreferencesHandler implements IQueryHandler<GetReadingPreferences> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly preferences: PreferencesRepository,
  ) {}

  async execute({ userId }: GetReadingPreferences): Promise<ReadingPreferences> {
    const found = await this.uow.readAsUser(userId, () => this.preferences.find(userId));
    return found ?? { language: 'auto', timeZone: 'UTC' };
  }
}
