import { Command } from '@nestjs/cqrs';
import type { RewrapBatch } from '../../kernel/cqrs/rewraps-secrets';

/**
 * Forgets sessions that ended over 30 days ago with their refresh tokens, mailed tokens past their use, old counts of
 * guesses, and addresses in the audit log after a year. For a daily schedule; harmless to repeat.
 */
export class PurgeExpiredCredentials extends Command<void> {}

/**
 * Re-wraps one batch of authenticator apps' secrets under the current ring key, in one transaction, each only while the row still holds
 * the bytes that were read. Harmless to repeat.
 */
export class RewrapAuthSecrets extends Command<RewrapBatch> {
  /** @param after the `next` of the batch before; from the start when absent. */
  constructor(readonly after?: string) {
    super();
  }
}

/** A mail to a user, without their address, which stays in auth. */
export interface Letter {
  subject: string;
  text: string;
  html?: string;
  /** Without brackets; the same for a repetition, so that mail servers may tell it from a second mail. */
  messageId?: string;
  headers?: Record<string, string>;
}

/**
 * Mails an active user at their proved address; nobody else is written to.
 * @throws DomainError `auth.mail-not-sent`, or `auth.mail-outcome-unknown` when the server may have taken it (both unavailable).
 */
export class MailUser extends Command<void> {
  constructor(
    readonly userId: string,
    readonly letter: Letter,
  ) {
    super();
  }
}

/** Turns a user's daily digest off. Harmless to repeat. */
export class StopDigest extends Command<void> {
  constructor(readonly userId: string) {
    super();
  }
}
