import { Command } from '@nestjs/cqrs';

/** Either an answer lies ready to be stored, or there is a reason why none is needed. */
export type DraftOutcome = { outcome: 'drafted' } | { outcome: 'skipped'; reasonCode: string };

/**
 * Fetches, cleans and summarises one mail, and keeps the model's answer until `StoreSummary`. Repeated for the same mail,
 * prompt and model it finds the kept answer and calls nobody. Opens no transaction around its network calls.
 * @throws DomainError, retryable (`email.overloaded`, `email.rate-limited`, …) or final (`email.refused`, …).
 */
export class DraftSummary extends Command<DraftOutcome> {
  constructor(
    readonly userId: string,
    readonly emailId: string,
  ) {
    super();
  }
}

/** Turns the kept answer into the stored summary and publishes `SummaryStored`, in the caller's transaction. */
export class StoreSummary extends Command<{ summaryId: string }> {
  constructor(
    readonly userId: string,
    readonly emailId: string,
  ) {
    super();
  }
}

/** Gives a mail up and publishes `SummarySkipped` or `SummaryFailed`, in the caller's transaction. */
export class AbandonSummary extends Command<void> {
  constructor(
    readonly userId: string,
    readonly emailId: string,
    readonly outcome: 'skipped' | 'failed' | 'cancelled',
    readonly reasonCode: string,
  ) {
    super();
  }
}

/**
 * Empties summaries that are older than their owners keep them, in batches, and forgets old digests. The rows stay as proof of what
 * was charged, and so do their costs. For an hourly schedule; harmless to repeat.
 */
export class PurgeSummaries extends Command<{ purged: number }> {}
