import { Command, Query } from '@nestjs/cqrs';
import type { DraftOutcome } from './commands';

/** A mail made ready for a batch. It holds the mail's text in `request`: for the vendor, never for a table. */
export interface PreparedMail {
  userId: string;
  emailId: string;
  request: object;
  /** Size of the request. */
  bytes: number;
  /** Micro-dollars it may cost. */
  estimateMicros: number;
  /** What the summary will say of the mail beside the answer. */
  headers: object;
  /** Salted fingerprints of what the answer may repeat. */
  known: string[];
}

/** Micro-dollars that mails ahead of this one, not recorded yet, may cost. */
export interface Promised {
  user: number;
  everyone: number;
}

/**
 * Fetches and cleans one mail and makes the request that a batch will carry; asks the model nothing. Finds a kept answer as
 * `DraftSummary` does. @throws DomainError as `DraftSummary` does.
 */
export class PrepareMail extends Command<{ outcome: 'prepared'; mail: PreparedMail } | DraftOutcome> {
  constructor(
    readonly userId: string,
    readonly emailId: string,
    readonly batchId: string,
    readonly promised: Promised,
  ) {
    super();
  }
}

/** Records a batch and its mails, in the caller's transaction and before the vendor is asked. */
export class RecordBatch extends Command<void> {
  constructor(
    readonly batchId: string,
    readonly mails: PreparedMail[],
  ) {
    super();
  }
}

/**
 * Hands a recorded batch to the vendor, once. Whatever comes of it stands in the batch's row and is found by `TendBatch`:
 * under way, refused, or unknown because the answer was lost. Throws nothing of the vendor's.
 */
export class SubmitBatch extends Command<void> {
  constructor(
    readonly batchId: string,
    readonly mails: PreparedMail[],
  ) {
    super();
  }
}

/** A batch that was looked after; `settled` when the outcome of each of its mails is known. */
export interface TendedBatch {
  batchId: string;
  settled: boolean;
}

/**
 * Looks after the one batch that has waited longest for it, and answers it; null when none is due. A batch whose submission
 * was not answered is looked for at the vendor's; of one that has ended, answers are kept and what they took is counted, each
 * once. Another worker may go on at any point. @throws DomainError when the vendor cannot be asked now.
 */
export class TendBatch extends Command<TendedBatch | null> {}

/**
 * What became of one mail in a batch: `drafted` (`KeepBatchAnswer`, then `StoreSummaries`), `failed` for good, `again` in
 * another batch after `afterMs`, or `live`, because only a conversation can mend the answer.
 */
export interface BatchOutcome {
  emailId: string;
  outcome: 'drafted' | 'failed' | 'again' | 'live';
  reasonCode: string;
  afterMs: number;
}

/** The outcomes of a settled batch. */
export class ListBatchOutcomes extends Query<BatchOutcome[]> {
  constructor(readonly batchId: string) {
    super();
  }
}

/** Makes a mail's answer in a settled batch the kept one, in the caller's transaction. */
export class KeepBatchAnswer extends Command<void> {
  constructor(
    readonly batchId: string,
    readonly userId: string,
    readonly emailId: string,
  ) {
    super();
  }
}

/** Ends a settled batch: what it kept of its mails is forgotten, here and at the vendor's. */
export class CloseBatch extends Command<void> {
  constructor(readonly batchId: string) {
    super();
  }
}
