import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { goodUntil } from '../../kernel/http/kept/good-until';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { type ConnectionView, ListConnections } from '../contracts/queries';
import { healthStandsUntil } from '../domain/connection-health';
import { GmailRepository } from '../gmail.repository';
import { connectionView } from './connection-view';

@QueryHandler(ListConnections)
export class ListConnectionsHandler implements IQueryHandler<ListConnections> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: GmailRepository,
  ) {}

  async execute({ userId }: ListConnections): Promise<ConnectionView[]> {
    const rows = await this.uow.readAsUser(userId, () => this.repository.describe(userId));
    const now = Date.now();
    return goodUntil(rows.map(connectionView), Math.min(...rows.map((row) => healthStandsUntil(row, now))));
  }
}
