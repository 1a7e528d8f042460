import { Query } from '@nestjs/cqrs';

/**
 * Lets a dangerous act go on only when the user proved who they are within the last 10 minutes.
 * @throws DomainError `auth.recent-proof-needed` (forbidden).
 */
export class RequireRecentProof extends Query<void> {
  constructor(
    readonly userId: string,
    readonly sessionId: string,
  ) {
    super();
  }
}

/**
 * The address of Google's consent page for this user and session. Registration hands it out; the gmail module, which
 * stands after auth in the import law, answers it.
 */
export class GetGmailConsentUrl extends Query<string> {
  constructor(
    readonly userId: string,
    readonly sessionId: string,
  ) {
    super();
  }
}

/**
 * Lets something that was begun in a session, or by an API key, be finished only while that session or key lives.
 * @throws DomainError `auth.session-ended` (forbidden) when it was revoked, ran out, or its account is not active.
 */
export class RequireLiveSession extends Query<void> {
  constructor(
    readonly userId: string,
    readonly sessionId: string,
  ) {
    super();
  }
}

/** The address a user signs in with; null when there is no such user. */
export class GetAccountAddress extends Query<string | null> {
  constructor(readonly userId: string) {
    super();
  }
}

/** How a user reads: what other modules have to know of their preferences. */
export interface ReadingPreferences {
  /** `auto` (the mail's own), or the BCP 47 tag that summaries are written in. */
  language: string;
  /** IANA name; UTC where none was chosen. */
  timeZone: string;
}

/** A user's reading preferences; for an unknown user the defaults. */
export class GetReadingPreferences extends Query<ReadingPreferences> {
  constructor(readonly userId: string) {
    super();
  }
}

/** Somebody whose digest of a day is due. */
export interface DigestReader {
  userId: string;
  timeZone: string;
  /** The day before today in that zone, YYYY-MM-DD. */
  day: string;
}

/**
 * A page, by user id, of those who want a daily digest, have proved their address, and whose hour for it came within the last six
 * hours. The same reader is listed again and again in these hours.
 */
export class ListDigestReaders extends Query<DigestReader[]> {
  constructor(
    readonly at: Date,
    /** The last user id of the page before; null for the first. */
    readonly after: string | null,
    readonly limit: number,
  ) {
    super();
  }
}

/** How many days a user's summaries are kept. */
export interface Retention {
  userId: string;
  days: number;
}

/** A page, by user id, of those who do not keep their summaries for good. */
export class ListRetentions extends Query<Retention[]> {
  constructor(
    readonly after: string | null,
    readonly limit: number,
  ) {
    super();
  }
}
