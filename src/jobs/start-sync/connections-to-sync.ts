import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { type ConnectionView, ListConnections } from '../../gmail/contracts';
import { DomainError } from '../../kernel/errors/domain-error';

/** Which mailboxes a sync is about. */
@Injectable()
export class ConnectionsToSync {
  constructor(private readonly queries: QueryBus) {}

  /**
   * The connected mailboxes of a user, or the one that is named.
   * @throws DomainError `jobs.no-connection` (conflict), `gmail.connection-not-found` (not-found),
   * `jobs.connection-not-ready` (conflict).
   */
  async of(userId: string, connectionId: string | undefined): Promise<ConnectionView[]> {
    const all = await this.queries.execute(new ListConnections(userId));
    const asked = all.filter(({ id }) => connectionId === undefined || id === connectionId);
    const [first] = asked;
    if (!first) throw connectionId === undefined ? noConnection() : unknownConnection();
    const ready = asked.filter(({ status }) => status === 'connected');
    if (ready.length === 0)
      throw new DomainError('conflict', 'jobs.connection-not-ready', `The mailbox is ${first.status}`);
    return ready;
  }
}

function noConnection(): DomainError {
  return new DomainError('conflict', 'jobs.no-connection', 'Connect a Gmail account first');
}

function unknownConnection(): DomainError {
  return new DomainError('not-found', 'gmail.connection-not-found', 'No such connection');
}
