import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { GmailRepository } from '../gmail.repository';
import { GmailClient } from '../google/gmail-client';
import { Mailboxes } from '../mailboxes';
import type { LabelDto } from './list-labels.dto';

/**
 * The labels of a mailbox, read from Gmail, by name: filters, actions and rules take their ids.
 * @throws DomainError `gmail.connection-unknown` (not-found), `gmail.needs-reauth` (conflict), or a retryable one.
 */
export class ListLabels extends Query<LabelDto[]> {
  constructor(
    readonly userId: string,
    readonly connectionId: string,
  ) {
    super();
  }
}

@QueryHandler(ListLabels)
export class ListLabelsHandler implements IQueryHandler<ListLabels> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly connections: GmailRepository,
    private readonly mailboxes: Mailboxes,
    private readonly client: GmailClient,
  ) {}

  async execute({ userId, connectionId }: ListLabels): Promise<LabelDto[]> {
    const row = await this.uow.readAsUser(userId, () => this.connections.find(userId, connectionId));
    if (!row) throw new DomainError('not-found', 'gmail.connection-unknown', 'There is no such mailbox');
    const labels = await this.client.labels(this.mailboxes.open(row));
    return labels
      .flatMap(({ id, name, type }): LabelDto[] =>
        id ? [{ id, name: name ?? id, type: type === 'user' ? 'user' : 'system' }] : [],
      )
      .sort((one, other) => one.name.localeCompare(other.name));
  }
}
