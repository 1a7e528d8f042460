import { type IQueryHandler, Query, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { CountMailOutcomes } from '../contracts/queries';
import { canModify } from '../domain/scopes';
import { GmailRepository } from '../gmail.repository';
import { connectionView } from '../list-connections/connection-view';
import { WalksRepository } from '../walks.repository';
import type { ConnectionDetailDto } from './get-connection.dto';

/** One mailbox with all that is known about it. @throws DomainError `gmail.connection-unknown` (not-found). */
export class GetConnection extends Query<ConnectionDetailDto> {
  constructor(
    readonly userId: string,
    readonly connectionId: string,
  ) {
    super();
  }
}

@QueryHandler(GetConnection)
export class GetConnectionHandler implements IQueryHandler<GetConnection> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly connections: GmailRepository,
    private readonly walks: WalksRepository,
    private readonly queries: QueryBus,
  ) {}

  async execute({ userId, connectionId }: GetConnection): Promise<ConnectionDetailDto> {
    const [row, discovered, outcomes] = await Promise.all([
      this.uow.readAsUser(userId, () => this.connections.find(userId, connectionId)),
      this.uow.readAsUser(userId, () => this.walks.countMails(userId, connectionId)),
      this.queries.execute(new CountMailOutcomes(userId, connectionId)),
    ]);
    if (!row) throw new DomainError('not-found', 'gmail.connection-unknown', 'There is no such mailbox');
    const { userId: _owner, ...view } = connectionView(row);
    const { onlyLabels, skipLabels, backfillDays, syncedThrough } = row;
    return {
      ...view,
      actionsAllowed: canModify(row.scopes),
      filter: { onlyLabels, skipLabels, backfillDays },
      coverage: { discovered, ...outcomes },
      backfillComplete: row.backfillCompletedAt !== null,
      cursorAgeSeconds: syncedThrough && Math.round((Date.now() - syncedThrough.getTime()) / 1000),
      watchExpiresAt: row.watchExpiresAt?.toISOString() ?? null,
      lastPushAt: row.lastPushAt?.toISOString() ?? null,
      lastError: row.lastErrorCode,
    };
  }
}
