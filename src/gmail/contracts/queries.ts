import { Query } from '@nestjs/cqrs';

/** One part of a message as Gmail's `format=full` gives it. Bodies are base64url. */
export interface MailPart {
  partId?: string;
  mimeType?: string;
  filename?: string;
  headers?: { name: string; value: string }[];
  body?: { size?: number; data?: string; attachmentId?: string };
  parts?: MailPart[];
}

/** A message read from Gmail; never stored. */
export interface FetchedMail {
  emailId: string;
  connectionId: string;
  gmailMessageId: string;
  gmailThreadId: string;
  /** 1 unless the mail is summarised anew. */
  revision: number;
  labels: string[];
  /** ISO 8601, from Gmail's internal date. */
  receivedAt: string;
  payload: MailPart;
}

/**
 * Fetches discovered mails from Gmail, those of one mailbox in one call. Each comes, or fails, by itself; large text parts are already filled in.
 * @throws DomainError, in the mail's promise: `gmail.message-gone` (gone), `gmail.needs-reauth` (conflict), or a retryable one.
 */
export class FetchMails extends Query<ReadonlyMap<string, Promise<FetchedMail>>> {
  constructor(
    readonly userId: string,
    readonly emailIds: readonly string[],
  ) {
    super();
  }
}

/** A connected mailbox as other modules may see it. Instants are ISO 8601. */
export interface ConnectionView {
  id: string;
  userId: string;
  emailAddress: string;
  status: 'pending' | 'connected' | 'needs_reauth' | 'paused' | 'disconnected';
  statusReason: string | null;
  lastSyncedAt: string | null;
  /** False when it fell silent or waits for its owner; a mailbox that its owner paused is well. */
  healthy: boolean;
}

/** A user's mailboxes, oldest first. */
export class ListConnections extends Query<ConnectionView[]> {
  constructor(readonly userId: string) {
    super();
  }
}

/** Which mailboxes to look for; what is absent does not matter. */
export interface ConnectionFilter {
  userId?: string;
  status?: ConnectionView['status'];
  /** Part of the mailbox's address. */
  address?: string;
}

/** Mailboxes over all users, the newest first, from just before the id `before`. */
export class SearchConnections extends Query<ConnectionView[]> {
  constructor(
    readonly filter: ConnectionFilter,
    readonly before: string | null,
    readonly limit: number,
  ) {
    super();
  }
}

/** Connected mailboxes that no walk has read for `olderThanMs`; the longest waiting first. */
export class ListConnectionsDueForSync extends Query<{ userId: string; connectionId: string }[]> {
  constructor(
    readonly olderThanMs: number,
    readonly limit: number,
  ) {
    super();
  }
}

/** What became of the mails that were found in a mailbox. */
export interface MailOutcomes {
  summarised: number;
  /** Mails that need no summary, by the code of the reason. */
  skipped: Record<string, number>;
  failed: number;
  /** Waiting for credits or a worker, or under way. */
  waiting: number;
}

/** Counts the outcomes of one mailbox. Asked here; jobs, which stands after gmail in the import law, answers it. */
export class CountMailOutcomes extends Query<MailOutcomes> {
  constructor(
    readonly userId: string,
    readonly connectionId: string,
  ) {
    super();
  }
}

/** What a stored summary says that rules look at. */
export interface SummaryFacts {
  emailId: string;
  category: string;
  urgency: string;
}

/** Which summaries to tell about; all conditions must hold, an absent one holds. */
export interface SummaryFilter {
  emailIds?: string[];
  categories?: string[];
  urgencies?: string[];
}

/** Facts of a user's summaries, newest first. Asked here; email, which stands after gmail in the import law, answers it. */
export class ListSummaryFacts extends Query<SummaryFacts[]> {
  constructor(
    readonly userId: string,
    readonly filter: SummaryFilter,
    readonly limit: number,
  ) {
    super();
  }
}

/** What a sync would find now. Filters by label are applied only when it runs, so that it may find fewer. */
export interface SyncEstimate {
  mails: number;
  /** False when the mailbox is larger than an estimate reads: 10,000 mails. */
  complete: boolean;
}

/**
 * Counts the mails that a sync of a mailbox would discover, without discovering them.
 * @throws DomainError `gmail.connection-not-found` (not-found), or what calling Gmail throws.
 */
export class EstimateSync extends Query<SyncEstimate> {
  constructor(
    readonly userId: string,
    readonly connectionId: string,
    readonly maxMails?: number,
  ) {
    super();
  }
}
