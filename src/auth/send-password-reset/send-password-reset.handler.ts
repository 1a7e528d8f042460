import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { EnvDto } from '../../kernel/config/env.dto';
import { createOpaqueToken } from '../../kernel/crypto/opaque-token';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { AuthRepository } from '../auth.repository';
import { CredentialRepository } from '../credential.repository';
import { mailedTokenTtlMs, tokenLink } from '../domain/mailed-token';
import { Mailer } from '../mail/mailer';

/** Mails a token that opens the way to a new password. Repeated, it mails a new token and the one before stops working. */
export class SendPasswordReset extends Command<void> {
  constructor(readonly email: string) {
    super();
  }
}

@CommandHandler(SendPasswordReset)
export class SendPasswordResetHandler implements ICommandHandler<SendPasswordReset> {
  constructor(
    private readonly env: EnvDto,
    private readonly uow: UnitOfWork,
    private readonly users: AuthRepository,
    private readonly credentials: CredentialRepository,
    private readonly mailer: Mailer,
    private readonly audit: AuditLog,
  ) {}

  async execute({ email }: SendPasswordReset): Promise<void> {
    const { token, hash } = createOpaqueToken();
    const expiresAt = new Date(Date.now() + mailedTokenTtlMs['reset-password']);
    const user = await this.uow.asService('make a password reset token', async () => {
      const user = await this.users.findCredentialsByEmail(email);
      if (user?.status !== 'active') return undefined;
      await this.credentials.replaceToken(user.id, 'reset-password', hash, expiresAt);
      await this.audit.record({
        action: 'auth.password-reset-mailed',
        targetType: 'user',
        targetId: user.id,
        userId: user.id,
      });
      return user;
    });
    if (user)
      await this.mailer.send(resetMail(user, tokenLink(this.env.PUBLIC_URL, 'reset-password', token)));
  }
}

function resetMail({ email, name }: { email: string; name: string }, link: string) {
  const text = `Hello ${name},

somebody, hopefully you, asked for a new password for your Inbrief account. Choose one here within an hour:

${link}

If it was not you, nothing has changed and you need do nothing.
`;
  return { to: email, subject: 'A new password for Inbrief', text };
}
