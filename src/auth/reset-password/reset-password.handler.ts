import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { hashOpaqueToken } from '../../kernel/crypto/opaque-token';
import { PasswordHasher } from '../../kernel/crypto/password-hasher';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { identifyRequest } from '../../kernel/http/request-context';
import { GuessLimiter } from '../access/guess-limiter';
import { AuthRepository } from '../auth.repository';
import { CredentialRepository } from '../credential.repository';
import { assertGoodPassword } from '../domain/password-policy';
import { SessionRepository } from '../session.repository';

/**
 * Sets a new password for whoever holds the mailed token, uses the token up and ends every session. Mail that arrives also
 * verifies the address. A second factor stays as it is.
 * @throws DomainError `auth.invalid-token` (invalid) for a token that is unknown, used or too old; `auth.weak-password`.
 */
export class ResetPassword extends Command<void> {
  constructor(
    readonly token: string,
    readonly newPassword: string,
  ) {
    super();
  }
}

@CommandHandler(ResetPassword)
export class ResetPasswordHandler implements ICommandHandler<ResetPassword> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly users: AuthRepository,
    private readonly sessions: SessionRepository,
    private readonly credentials: CredentialRepository,
    private readonly passwords: PasswordHasher,
    private readonly guesses: GuessLimiter,
    private readonly audit: AuditLog,
  ) {}

  async execute({ token, newPassword }: ResetPassword): Promise<void> {
    const passwordHash = await this.passwords.hash(newPassword);
    const email = await this.uow.asService('reset a password', async () => {
      const userId = await this.credentials.useToken('reset-password', hashOpaqueToken(token));
      const user = userId && (await this.users.findCredentials(userId));
      if (!user || user.status === 'deleted')
        throw new DomainError(
          'invalid',
          'auth.invalid-token',
          'This link is used up or too old. Ask for another.',
        );
      assertGoodPassword(newPassword, user);
      identifyRequest({ userId: user.id, role: 'user' });
      await this.users.setPassword(user.id, passwordHash);
      await this.users.markEmailVerified(user.id);
      await this.sessions.revokeAll(user.id, 'password reset');
      await this.audit.record({ action: 'auth.password-reset', targetType: 'user', targetId: user.id });
      return user.email;
    });
    await this.guesses.succeed(`password:${email}`);
    await this.guesses.succeed(`reset-mail:${email}`);
  }
}
