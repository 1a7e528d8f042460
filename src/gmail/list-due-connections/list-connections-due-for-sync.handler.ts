import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { ListConnectionsDueForSync } from '../contracts/queries';
import { WalksRepository } from '../walks.repository';

/** A push whose walk got lost between two processes is walked for after this, ms. */
const pushPatienceMs = 60_000;

@QueryHandler(ListConnectionsDueForSync)
export class ListConnectionsDueForSyncHandler implements IQueryHandler<ListConnectionsDueForSync> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: WalksRepository,
  ) {}

  async execute({
    olderThanMs,
    limit,
  }: ListConnectionsDueForSync): Promise<{ userId: string; connectionId: string }[]> {
    const rows = await this.uow.readAsService('find mailboxes to poll', () =>
      this.repository.due(olderThanMs, pushPatienceMs, limit),
    );
    return rows.map(({ userId, id }) => ({ userId, connectionId: id }));
  }
}
