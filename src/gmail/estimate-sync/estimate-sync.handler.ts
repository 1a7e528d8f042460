import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { EstimateSync, type SyncEstimate } from '../contracts';
import { searchQuery } from '../domain/mail-filter';
import { GmailRepository } from '../gmail.repository';
import { GmailClient } from '../google/gmail-client';
import { Mailboxes } from '../mailboxes';
import { WalksRepository } from '../walks.repository';

/** The longest page Gmail gives. */
const pageSize = 500;
const mostPages = 20;
const dayMs = 86_400_000;

/** Lists what a sync would find, without reading or writing any of it. */
@QueryHandler(EstimateSync)
export class EstimateSyncHandler implements IQueryHandler<EstimateSync> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly connections: GmailRepository,
    private readonly walks: WalksRepository,
    private readonly mailboxes: Mailboxes,
    private readonly client: GmailClient,
  ) {}

  async execute({
    userId,
    connectionId,
    maxMails = Number.POSITIVE_INFINITY,
  }: EstimateSync): Promise<SyncEstimate> {
    const connection = await this.uow.readAsUser(userId, () => this.connections.find(userId, connectionId));
    if (!connection) throw new DomainError('not-found', 'gmail.connection-not-found', 'No such connection');
    const box = this.mailboxes.open(connection);
    const days = connection.backfillDays;
    const firstBackfill = connection.historyId === null;
    const oldest = days === null ? null : new Date(Date.now() - days * dayMs);
    const q = searchQuery(connection.skipLabels, firstBackfill ? oldest : connection.syncedThrough);
    const most = firstBackfill ? maxMails : Number.POSITIVE_INFINITY;
    let mails = 0;
    let pageToken: string | undefined;
    for (let pages = 0; pages < mostPages; pages += 1) {
      const page = await this.client.listMessages(box, {
        maxResults: pageSize,
        pageToken,
        ...(q !== '' && { q }),
      });
      mails += await this.countUnknown(
        connectionId,
        (page.messages ?? []).flatMap(({ id }) => id ?? []),
      );
      pageToken = page.nextPageToken ?? undefined;
      if (mails >= most || pageToken === undefined) return { mails: Math.min(mails, most), complete: true };
    }
    return { mails, complete: false };
  }

  private async countUnknown(connectionId: string, ids: string[]): Promise<number> {
    if (ids.length === 0) return 0;
    const known = await this.uow.readAsService('estimate a sync', () => this.walks.known(connectionId, ids));
    return ids.length - known.size;
  }
}
