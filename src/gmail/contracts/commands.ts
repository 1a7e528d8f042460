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
