import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { CursorCodec } from '../../kernel/http/cursor';
import { cutPage } from '../../kernel/http/page';
import { HistoryRepository } from '../history.repository';
import type { HistoryPage, ListHistoryDto } from './list-history.dto';

const listName = 'billing.history';

/** A page of what a user paid and got back, and of monthly statements; newest first. */
export class ListHistory extends Query<HistoryPage> {
  constructor(
    readonly userId: string,
    readonly filter: ListHistoryDto,
  ) {
    super();
  }
}

@QueryHandler(ListHistory)
export class ListHistoryHandler implements IQueryHandler<ListHistory> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly history: HistoryRepository,
    private readonly cursors: CursorCodec,
  ) {}

  async execute({ userId, filter: { limit, cursor, kind } }: ListHistory): Promise<HistoryPage> {
    const [at, id] = cursor === undefined ? [] : this.cursors.decode(listName, cursor);
    const before = at === undefined ? null : { at: new Date(String(at)), id: String(id) };
    const rows = await this.uow.readAsUser(userId, () => this.history.list(userId, kind, before, limit + 1));
    return cutPage(rows, limit, this.cursors, listName, (line) => [line.occurredAt.toISOString(), line.id]);
  }
}
