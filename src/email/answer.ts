import type { Spending } from './summariser/spending';
import type { Summarised } from './summariser/summariser';

/** Headers of a mail that are kept beside its summary; the body never is. */
export interface MailHeaders {
  connectionId: string;
  gmailMessageId: string;
  gmailThreadId: string;
  subject: string;
  sender: string;
  /** ISO 8601. */
  receivedAt: string;
  /** 1 unless the mail is summarised anew; answers that were kept by an earlier version do not say. */
  revision?: number;
}

/** The model's answer, complete enough to become the stored summary without another call. */
export interface Draft {
  /** Tells this answer from every other to the same mail; the summary that is made of it at once has this id. */
  answerId: string;
  headers: MailHeaders;
  summarised: Summarised;
}

/** An answer with what it took, repairs included. */
export interface Answer {
  draft: Draft;
  spending: Spending;
}
