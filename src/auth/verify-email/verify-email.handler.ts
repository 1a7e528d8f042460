import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { hashOpaqueToken } from '../../kernel/crypto/opaque-token';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { identifyRequest } from '../../kernel/http/request-context';
import { AuthRepository } from '../auth.repository';
import { CredentialRepository } from '../credential.repository';

/**
 * Notes that mail to an account's address arrives, and uses the mailed token up.
 * @throws DomainError `auth.invalid-token` (invalid) for a token that is unknown, used or too old.
 */
export class VerifyEmail extends Command<void> {
  constructor(readonly token: string) {
    super();
  }
}

@CommandHandler(VerifyEmail)
export class VerifyEmailHandler implements ICommandHandler<VerifyEmail> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly users: AuthRepository,
    private readonly credentials: CredentialRepository,
    private readonly audit: AuditLog,
  ) {}

  async execute({ token }: VerifyEmail): Promise<void> {
    await this.uow.asService('verify an address', async () => {
      const userId = await this.credentials.useToken('verify-email', hashOpaqueToken(token));
      if (!userId)
        throw new DomainError(
          'invalid',
          'auth.invalid-token',
          'This link is used up or too old. Ask for another.',
        );
      await this.users.markEmailVerified(userId);
      identifyRequest({ userId, role: 'user' });
      await this.audit.record({ action: 'auth.email-verified', targetType: 'user', targetId: userId });
    });
  }
}
