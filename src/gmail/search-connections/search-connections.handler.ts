import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { type ConnectionView, SearchConnections } from '../contracts/queries';
import { GmailRepository } from '../gmail.repository';
import { connectionView } from '../list-connections/connection-view';

@QueryHandler(SearchConnections)
export class SearchConnectionsHandler implements IQueryHandler<SearchConnections> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: GmailRepository,
  ) {}

  async execute({ filter, before, limit }: SearchConnections): Promise<ConnectionView[]> {
    const rows = await this.uow.readAsService('search mailboxes', () =>
      this.repository.search(filter, before, limit),
    );
    return rows.map(connectionView);
  }
}
