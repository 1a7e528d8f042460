import { type IQueryHandler, Query, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { SearchConnections } from '../../gmail/contracts';
import { AdminLists } from '../admin-lists';
import type { AdminMailboxPage, SearchConnectionsDto } from './manage-connections.dto';

/** A page of mailboxes over all users, the newest first. */
export class FindConnections extends Query<AdminMailboxPage> {
  constructor(readonly search: SearchConnectionsDto) {
    super();
  }
}

@QueryHandler(FindConnections)
export class FindConnectionsHandler implements IQueryHandler<FindConnections> {
  constructor(
    private readonly queries: QueryBus,
    private readonly lists: AdminLists,
  ) {}

  execute({ search }: FindConnections): Promise<AdminMailboxPage> {
    const { userId, status, q: address } = search;
    return this.lists.page('admin.connections', search, (limit, before) =>
      this.queries.execute(new SearchConnections({ userId, status, address }, before ?? null, limit)),
    );
  }
}
