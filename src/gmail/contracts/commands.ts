import { Command } from '@nestjs/cqrs';

/** What one walk found. */
export interface WalkResult {
  mode: 'backfill' | 'history';
  pages: number;
  discovered: number;
}

/**
 * Reads what is new in a mailbox: history from the cursor, or a backfill (newest first) where there is none. Discoveries
 * and cursor commit together, page by page; one walker per connection.
 * @throws DomainError `gmail.walk-in-progress` (conflict) while another walker holds the lease.
 */
export class WalkMailbox extends Command<WalkResult> {
  constructor(
    readonly userId: string,
    readonly connectionId: string,
    readonly runId: string,
    /** Most mails a backfill takes; all when absent. */
    readonly maxMails?: number,
  ) {
    super();
  }
}

/**
 * Begins or renews the watch of one mailbox. Does nothing where no push topic is configured; a refusal of Google is noted
 * and tried again later, never thrown: the hourly poll is the net beneath it.
 */
export class RenewWatch extends Command<void> {
  constructor(
    readonly userId: string,
    readonly connectionId: string,
  ) {
    super();
  }
}

/** Renews every watch that is a day old or was never begun; answers how many were tried. Safe to run anywhere, any time. */
export class RenewWatches extends Command<{ tried: number }> {}

/** Marks mailboxes that fell silent and publishes `ConnectionStalled` for each, once; answers how many. */
export class FlagStalledConnections extends Command<{ stalled: number }> {}
