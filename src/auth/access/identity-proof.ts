import { Injectable } from '@nestjs/common';
import { PasswordHasher } from '../../kernel/crypto/password-hasher';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { AuthRepository, type Credentials } from '../auth.repository';
import { isRecentProof } from '../domain/session-policy';
import { SessionRepository } from '../session.repository';
import { GuessLimiter } from './guess-limiter';

/** Asks a signed-in user once more who they are, before an act that a stolen access token must not be enough for. */
@Injectable()
export class IdentityProof {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly users: AuthRepository,
    private readonly sessions: SessionRepository,
    private readonly passwords: PasswordHasher,
    private readonly guesses: GuessLimiter,
  ) {}

  /**
   * Checks the account's password, and answers the account. An account without one (Google) needs a recent sign-in instead.
   * @throws DomainError `auth.wrong-password` (forbidden); `auth.recent-proof-needed` (forbidden);
   * `auth.too-many-attempts` (rate-limited).
   */
  async prove(userId: string, sessionId: string, password: string | undefined): Promise<Credentials> {
    const user = await this.uow.readAsUser(userId, () => this.users.findCredentials(userId));
    if (!user) throw new DomainError('not-found', 'auth.no-such-user', 'There is no such user.');
    if (user.passwordHash === null) await this.requireRecent(userId, sessionId);
    else await this.checkPassword(user, password ?? '');
    return user;
  }

  /** @throws DomainError `auth.recent-proof-needed` (forbidden) when the last proof is older than 10 minutes. */
  async requireRecent(userId: string, sessionId: string): Promise<void> {
    const lastProof = await this.uow.readAsUser(userId, () => this.sessions.lastProof(userId, sessionId));
    if (lastProof && isRecentProof(lastProof)) return;
    throw new DomainError('forbidden', 'auth.recent-proof-needed', 'Confirm who you are, then try again.');
  }

  private async checkPassword(user: Credentials, password: string): Promise<void> {
    await this.guesses.attempt(`current-password:${user.id}`);
    if (!(await this.passwords.verify(user.passwordHash, password)))
      throw new DomainError('forbidden', 'auth.wrong-password', 'The password is wrong.');
    await this.guesses.succeed(`current-password:${user.id}`);
  }
}
