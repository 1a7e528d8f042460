/** A sender or receiver: `address` is lower-cased where it could be read, else empty. */
export interface MailAddress {
  name: string;
  address: string;
}

/** What was attached; contents are never kept. `size` is in bytes, after transfer decoding. */
export interface MailAttachment {
  filename: string;
  mimeType: string;
  size: number;
}

/**
 * What the caller does with a mail: `text` is summarised, the others are skipped with their name as the reason.
 * `empty` has no words to read, `encrypted` only its owner can open, `unparseable` is not a mail.
 */
export type CleanMailKind = 'text' | 'empty' | 'encrypted' | 'unparseable';

/** What was seen or done on the way; for logs, metrics and the summariser's hints, never needed to read the text. */
export type CleaningNote =
  | 'history-cut'
  | 'signature-cut'
  | 'forward'
  | 'hidden-text-dropped'
  | 'bulk'
  | 'calendar-invite'
  | 'bounce'
  | 'auto-reply'
  | 'signed'
  | 'truncated';

/** A mail as a reader would see it: what its sender wrote anew, as plain text without markup, history or tricks. */
export interface CleanMail {
  kind: CleanMailKind;
  /** Plain text with `\n` line ends. For `encrypted` one line that says so; for `empty` and `unparseable` it is ''. */
  text: string;
  subject: string;
  from: MailAddress | null;
  to: MailAddress[];
  cc: MailAddress[];
  /** The `Date` header, or null where it is absent or unreadable. */
  date: Date | null;
  /** Without its angle brackets; '' where absent. */
  messageId: string;
  inReplyTo: string;
  /** The id within the `List-Id` header; '' where the mail came over no list. */
  listId: string;
  notes: CleaningNote[];
  attachments: MailAttachment[];
  /** Every distinct web address of the kept text, without tracking parameters; at most 200. */
  links: string[];
}
