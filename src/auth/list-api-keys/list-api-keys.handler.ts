import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { ApiKeyRepository } from '../api-key.repository';
import { type ApiKeyDto, apiKeyDto } from './list-api-keys.dto';

/** A user's keys that are not revoked, the newest first. */
export class ListApiKeys extends Query<ApiKeyDto[]> {
  constructor(readonly userId: string) {
    super();
  }
}

@QueryHandler(ListApiKeys)
export class ListApiKeysHandler implements IQueryHandler<ListApiKeys> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly keys: ApiKeyRepository,
  ) {}

  async execute({ userId }: ListApiKeys): Promise<ApiKeyDto[]> {
    const rows = await this.uow.readAsUser(userId, () => this.keys.listLive(userId));
    return rows.map(apiKeyDto);
  }
}
