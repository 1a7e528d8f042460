import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { type DigestReader, ListDigestReaders } from '../contracts';
import { PreferencesRepository } from '../preferences.repository';

@QueryHandler(ListDigestReaders)
export class ListDigestReadersHandler implements IQueryHandler<ListDigestReaders> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly preferences: PreferencesRepository,
  ) {}

  execute({ at, after, limit }: ListDigestReaders): Promise<DigestReader[]> {
    return this.uow.readAsService('find whose digest is due', () =>
      this.preferences.listDigestReaders(at, after, limit),
    );
  }
}
