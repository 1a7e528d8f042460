import { Command } from '@nestjs/cqrs';

/** An answer of the model that was paid for and is in nobody's books yet. What it holds is for `StoreSummary` and `KeepAnswer` alone. */
export interface PaidAnswer {
  readonly draft: object;
  readonly spending: object;
}

/** Either there is an answer to store, a kept one where none is handed over, or there is a reason why none is needed. */
export type DraftOutcome =
  { outcome: 'drafted'; answer?: PaidAnswer } | { outcome: 'skipped'; reasonCode: string };

/**
 * Fetches, cleans and summarises one mail. Opens no transaction around its network calls. The caller owes the answer it gets to
 * `StoreSummary` or, where that fails, to `KeepAnswer`.
 * @param again whether it was tried before: an answer may be kept then, and nobody is asked.
 * @throws DomainError, retryable (`email.overloaded`, `email.rate-limited`, …) or final (`email.refused`, …).
 */
export class DraftSummary extends Command<DraftOutcome> {
  constructor(
    readonly userId: string,
    readonly emailId: string,
    readonly again: boolean,
  ) {
    super();
  }
}

/** Turns this answer, or else the kept one, into the stored summary and publishes `SummaryStored`, in the caller's transaction. */
export class StoreSummary extends Command<{ summaryId: string }> {
  constructor(
    readonly userId: string,
    readonly emailId: string,
    readonly answer?: PaidAnswer,
  ) {
    super();
  }
}

/**
 * Keeps an answer whose summary could not be stored, so that the next attempt need not ask. Outlasts some 14 seconds without a
 * database. Repeated, or after a commit that was not heard of, it changes nothing.
 */
export class KeepAnswer extends Command<void> {
  constructor(
    readonly userId: string,
    readonly emailId: string,
    readonly answer: PaidAnswer,
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
