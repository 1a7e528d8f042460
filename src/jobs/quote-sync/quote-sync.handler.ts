import { type IQueryHandler, Query, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { QuoteCredits } from '../../billing/contracts';
import { EstimateSync } from '../../gmail/contracts';
import { SystemConfig } from '../../kernel/system-config/system-config';
import type { SyncArgs } from '../background-jobs.repository';
import { overnightAfterMails, overnightEnabled } from '../jobs.settings';
import { ConnectionsToSync } from '../start-sync/connections-to-sync';
import type { SyncQuoteDto } from './quote-sync.dto';

/** What a sync of one mailbox, or of every connected one, would find and cost. */
export class QuoteSync extends Query<SyncQuoteDto> {
  constructor(
    readonly userId: string,
    readonly connectionId: string | undefined,
    readonly limits: SyncArgs,
  ) {
    super();
  }
}

@QueryHandler(QuoteSync)
export class QuoteSyncHandler implements IQueryHandler<QuoteSync> {
  constructor(
    private readonly config: SystemConfig,
    private readonly queries: QueryBus,
    private readonly connections: ConnectionsToSync,
  ) {}

  async execute({ userId, connectionId, limits }: QuoteSync): Promise<SyncQuoteDto> {
    const ready = await this.connections.of(userId, connectionId);
    const estimates = await Promise.all(
      ready.map(({ id }) => this.queries.execute(new EstimateSync(userId, id, limits.maxMails))),
    );
    const { maxCredits } = limits;
    const quotes = estimates.reduce((sum, { mails }) => sum + Math.min(mails, maxCredits ?? mails), 0);
    const mails = estimates.reduce((sum, estimate) => sum + estimate.mails, 0);
    // The cap holds for each mailbox, so the quote's is theirs together.
    const quote = await this.queries.execute(new QuoteCredits(userId, mails, quotes));
    const now = estimates.reduce((sum, estimate) => sum + Math.min(estimate.mails, this.atOnce(limits)), 0);
    const overnight = mails - now;
    return {
      ...quote,
      now,
      overnight,
      cap: maxCredits ?? null,
      complete: estimates.every(({ complete }) => complete),
    };
  }

  /** Mails of one mailbox that a sync would summarise at once. */
  private atOnce({ lane }: SyncArgs): number {
    if (!this.config.get(overnightEnabled) || lane === 'now') return Number.POSITIVE_INFINITY;
    return lane === 'overnight' ? 0 : this.config.get(overnightAfterMails);
  }
}
