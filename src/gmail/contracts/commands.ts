import { Command } from '@nestjs/cqrs';
import type { RewrapBatch } from '../../kernel/cqrs/rewraps-secrets';
import type { ActionKind } from '../domain/mail-action';

/** What one walk found. */
export interface WalkResult {
  mode: 'backfill' | 'history';
  pages: number;
  discovered: number;
}

/**
 * Reads what is new in a mailbox: history from the cursor, or a backfill (newest first) where there is none. Discoveries
 * and cursor commit together, page by page; one walker per connection.
 * @throws DomainError `gmail.walk-in-progress` (conflict) while another walker holds the lease; `gmail.walk-stopped` (conflict)
 * once the run was cancelled.
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
 * Ends the walk of a mailbox, if there is one: its next page is not committed. In the caller's transaction; the next walk
 * goes on where the last committed page ended.
 */
export class StopWalk extends Command<void> {
  /** @param runId a run that was cancelled: it may not begin another walk either. */
  constructor(
    readonly userId: string,
    readonly connectionId: string,
    readonly runId: string | null = null,
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

/** What is asked to be done to mails. */
export interface WantedAction {
  kind: ActionKind;
  /** Gmail's label id, for `label` and `unlabel` only. */
  labelId?: string;
}

/** One mail's action as it was recorded. */
export interface RecordedAction {
  id: string;
  emailId: string;
  status: 'requested' | 'applied' | 'failed' | 'undoing' | 'undone';
  reasonCode: string | null;
}

/**
 * Records an action on each of the mails; they reach Gmail afterwards. The same `requestId` on the same mail is one
 * action, however often it is asked for.
 * @throws DomainError `gmail.email-unknown` (not-found) when a mail is not the user's.
 */
export class RequestActions extends Command<RecordedAction[]> {
  constructor(
    readonly userId: string,
    readonly requestId: string,
    readonly emailIds: string[],
    readonly action: WantedAction,
    readonly requestedBy: 'user' | 'rule',
  ) {
    super();
  }
}

/** Runs the user's rules on a mail whose summary was stored; each rule acts on a message once, ever, whatever its revisions. */
export class RunRules extends Command<void> {
  constructor(
    readonly userId: string,
    readonly emailId: string,
  ) {
    super();
  }
}

/** One more revision of a message. */
export interface MailRevision {
  emailId: string;
  /** The ids of all revisions before it. */
  earlier: string[];
}

/**
 * Adds one more revision of a discovered mail, in the caller's transaction (service): the same Gmail message under an id of its
 * own, with what is known of the first. Revisions of one message are added one after the other: the next waits for the commit.
 * @throws DomainError `gmail.email-unknown` (not-found); `gmail.needs-reauth`, `gmail.not-connected` (conflict).
 */
export class AddMailRevision extends Command<MailRevision> {
  constructor(
    readonly userId: string,
    /** Any revision's. */
    readonly emailId: string,
  ) {
    super();
  }
}

/**
 * Re-wraps one batch of the mailboxes' tokens under the current ring key, in one transaction, each only while the row still holds
 * the bytes that were read. Harmless to repeat.
 */
export class RewrapGmailSecrets extends Command<RewrapBatch> {
  /** @param after the `next` of the batch before; from the start when absent. */
  constructor(readonly after?: string) {
    super();
  }
}
