import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { EnvDto } from '../../kernel/config/env.dto';
import { createOpaqueToken } from '../../kernel/crypto/opaque-token';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { AuthRepository } from '../auth.repository';
import { CredentialRepository } from '../credential.repository';
import { mailedTokenTtlMs, tokenLink } from '../domain/mailed-token';
import { Mailer } from '../mail/mailer';

/** Mails a token that verifies the address. Repeated, it mails a new token and the one before stops working. */
export class SendVerification extends Command<void> {
  constructor(readonly userId: string) {
    super();
  }
}

@CommandHandler(SendVerification)
export class SendVerificationHandler implements ICommandHandler<SendVerification> {
  constructor(
    private readonly env: EnvDto,
    private readonly uow: UnitOfWork,
    private readonly users: AuthRepository,
    private readonly credentials: CredentialRepository,
    private readonly mailer: Mailer,
    private readonly audit: AuditLog,
  ) {}

  async execute({ userId }: SendVerification): Promise<void> {
    const { token, hash } = createOpaqueToken();
    const expiresAt = new Date(Date.now() + mailedTokenTtlMs['verify-email']);
    const user = await this.uow.asService('make a verification token', async () => {
      const user = await this.users.findCredentials(userId);
      if (user?.status !== 'active' || user.emailVerifiedAt) return undefined;
      await this.credentials.replaceToken(userId, 'verify-email', hash, expiresAt);
      await this.audit.record({
        action: 'auth.verification-mailed',
        targetType: 'user',
        targetId: userId,
        userId,
      });
      return user;
    });
    if (user)
      await this.mailer.send(verificationMail(user, tokenLink(this.env.PUBLIC_URL, 'verify-email', token)));
  }
}

function verificationMail({ email, name }: { email: string; name: string }, link: string) {
  const text = `Hello ${name},

an Inbrief account was opened with this address. Show us that it is yours within two days:

${link}

If you opened no account, ignore this mail.
`;
  return { to: email, subject: 'Your address at Inbrief', text };
}
