import { type IQueryHandler, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { GetBalance, type Quote, QuoteCredits } from '../contracts';

@QueryHandler(QuoteCredits)
export class QuoteCreditsHandler implements IQueryHandler<QuoteCredits> {
  constructor(private readonly queries: QueryBus) {}

  async execute({ userId, mails, cap }: QuoteCredits): Promise<Quote> {
    const { available } = await this.queries.execute(new GetBalance(userId));
    const credits = Math.min(mails, cap ?? mails);
    const covered = Math.min(credits, available);
    return { mails, credits, available, covered, waiting: credits - covered, cap: cap ?? null };
  }
}
