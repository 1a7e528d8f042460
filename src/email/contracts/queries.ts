import { Query } from '@nestjs/cqrs';

/** How many summaries a user has, in all and of today and the last seven days (UTC), by category and urgency. */
export interface SummaryCounts {
  total: number;
  today: number;
  week: number;
  byCategory: Record<string, number>;
  byUrgency: Record<string, number>;
}

/**
 * The mail that a summary of this user is about. A superseded summary is one of theirs; a purged one is gone.
 * @throws DomainError `email.summary-not-found`.
 */
export class GetSummarisedMail extends Query<{ emailId: string }> {
  constructor(
    readonly userId: string,
    readonly summaryId: string,
  ) {
    super();
  }
}

export class CountSummaries extends Query<SummaryCounts> {
  constructor(readonly userId: string) {
    super();
  }
}

/** Batches at the model's vendor that are not settled, over all users. */
export interface OpenBatches {
  open: number;
  mails: number;
  /** Age of the oldest; 0 without any. */
  oldestSeconds: number;
}

export class CountOpenBatches extends Query<OpenBatches> {}
