import { Injectable } from '@nestjs/common';
import { hashOpaqueToken } from '../../kernel/crypto/opaque-token';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { CredentialRepository } from '../credential.repository';

/** What is guessed at: a password by address, a second factor or a current password by user, mail sent to an address. */
export type GuessSubject =
  `${'password' | 'current-password' | 'second-factor' | 'reset-mail' | 'verification-mail'}:${string}`;

/**
 * Slows guessing down per account, whatever addresses the guesses come from. It counts in the database: every process sees
 * every guess, and when it cannot count, nobody guesses. An address that no account has is slowed down in the same way.
 */
@Injectable()
export class GuessLimiter {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly credentials: CredentialRepository,
  ) {}

  /** Counts a guess that is about to be made. @throws DomainError `auth.too-many-attempts` (rate-limited). */
  async attempt(subject: GuessSubject): Promise<void> {
    const hash = hashOpaqueToken(subject);
    const retryAfterMs = await this.uow.readAsService('slow guessing down', async () => {
      if (await this.credentials.countGuess(hash)) return undefined;
      return (await this.credentials.blockedUntil(hash)).getTime() - Date.now();
    });
    if (retryAfterMs === undefined) return;
    throw new DomainError('rate-limited', 'auth.too-many-attempts', 'Too many attempts. Wait a moment.', {
      retryAfterMs: Math.max(1, retryAfterMs),
    });
  }

  /** Forgets the guesses after a right one. */
  async succeed(subject: GuessSubject): Promise<void> {
    await this.uow.readAsService('slow guessing down', () =>
      this.credentials.forgetGuesses(hashOpaqueToken(subject)),
    );
  }
}
