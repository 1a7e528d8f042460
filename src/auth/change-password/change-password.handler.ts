import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { PasswordHasher } from '../../kernel/crypto/password-hasher';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { IdentityProof } from '../access/identity-proof';
import { AuthRepository } from '../auth.repository';
import { assertGoodPassword } from '../domain/password-policy';
import { SessionRepository } from '../session.repository';

/**
 * Replaces the password and signs every other device out.
 * @throws DomainError `auth.wrong-password` (forbidden); `auth.weak-password` (invalid).
 */
export class ChangePassword extends Command<void> {
  constructor(
    readonly userId: string,
    readonly sessionId: string,
    readonly currentPassword: string,
    readonly newPassword: string,
  ) {
    super();
  }
}

@CommandHandler(ChangePassword)
export class ChangePasswordHandler implements ICommandHandler<ChangePassword> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly proof: IdentityProof,
    private readonly users: AuthRepository,
    private readonly sessions: SessionRepository,
    private readonly passwords: PasswordHasher,
    private readonly audit: AuditLog,
  ) {}

  async execute({ userId, sessionId, currentPassword, newPassword }: ChangePassword): Promise<void> {
    const user = await this.proof.prove(userId, sessionId, currentPassword);
    assertGoodPassword(newPassword, user);
    const passwordHash = await this.passwords.hash(newPassword);
    await this.uow.asService('change a password', async () => {
      await this.users.setPassword(userId, passwordHash);
      await this.sessions.revokeAll(userId, 'password changed', sessionId);
      await this.sessions.noteProof(userId, sessionId);
      await this.audit.record({
        action: 'auth.password-changed',
        targetType: 'user',
        targetId: userId,
        userId,
      });
    });
  }
}
