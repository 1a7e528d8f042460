import { Query } from '@nestjs/cqrs';

/** How many summaries a user has, in all and of today and the last seven days (UTC), by category and urgency. */
export interface SummaryCounts {
  total: number;
  today: number;
  week: number;
  byCategory: Record<string, number>;
  byUrgency: Record<string, number>;
}

export class CountSummaries extends Query<SummaryCounts> {
  constructor(readonly userId: string) {
    super();
  }
}
