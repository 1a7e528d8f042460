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
