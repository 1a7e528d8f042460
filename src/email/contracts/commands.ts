import { Command } from '@nestjs/cqrs';
import type { Origin } from '../../kernel/cqrs/origin';

/** An answer of the model that was paid for and is in nobody's books yet. What it holds is for `StoreSummaries` and `KeepAnswer` alone. */
export interface PaidAnswer {
  readonly draft: object;
  readonly spending: object;
}

/** Either there is an answer to store, a kept one where none is handed over, or there is a reason why none is needed. */
export type DraftOutcome =
  { outcome: 'drafted'; answer?: PaidAnswer } | { outcome: 'skipped'; reasonCode: string };

/**
 * Fetches, cleans and summarises one mail. Opens no transaction around its network calls. The caller owes the answer it gets to
 * `StoreSummaries` or, where that fails, to `KeepAnswer`.
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

/** A mail that is to have its summary. */
export interface AnsweredMail {
  readonly emailId: string;
  /** Without it, the kept one is stored. */
  readonly answer?: PaidAnswer | undefined;
  /** What the mail's event follows from. */
  readonly origin: Origin;
}

/** Turns the answers to a user's mails into their stored summaries and publishes `SummaryStored` for each, in the caller's transaction. */
export class StoreSummaries extends Command<void> {
  constructor(
    readonly userId: string,
    readonly mails: readonly AnsweredMail[],
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
