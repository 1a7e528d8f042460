import { type IQueryHandler, Query, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { QuoteCredits } from '../../billing/contracts';
import { GetSummarisedMail } from '../../email/contracts';
import type { ResummaryQuoteDto } from './quote-resummary.dto';

/** What summarising a mail anew would cost. Nothing is held. @throws DomainError `email.summary-not-found`. */
export class QuoteResummary extends Query<ResummaryQuoteDto> {
  constructor(
    readonly userId: string,
    readonly summaryId: string,
  ) {
    super();
  }
}

@QueryHandler(QuoteResummary)
export class QuoteResummaryHandler implements IQueryHandler<QuoteResummary> {
  constructor(private readonly queries: QueryBus) {}

  async execute({ userId, summaryId }: QuoteResummary): Promise<ResummaryQuoteDto> {
    await this.queries.execute(new GetSummarisedMail(userId, summaryId));
    const { credits, available } = await this.queries.execute(new QuoteCredits(userId, 1));
    return { credits, available };
  }
}
