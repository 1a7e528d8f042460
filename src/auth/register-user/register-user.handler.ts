import { Command, CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { v7 as uuidv7 } from 'uuid';
import { AuditLog } from '../../kernel/audit/audit-log';
import { PasswordHasher } from '../../kernel/crypto/password-hasher';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { identifyRequest } from '../../kernel/http/request-context';
import { Outbox } from '../../kernel/outbox/outbox';
import { SystemConfig } from '../../kernel/system-config/system-config';
import { SessionOpener } from '../access/session-opener';
import { assertSignupsOpen } from '../access/signups';
import { AuthRepository } from '../auth.repository';
import { GetGmailConsentUrl, UserRegistered } from '../contracts';
import { normaliseEmail } from '../domain/email-address';
import { EmailVerificationAsked } from '../domain/mail-events';
import { assertGoodPassword } from '../domain/password-policy';
import { accountDto } from '../get-me/account.dto';
import type { RegisteredUserDto } from './register-user.dto';

/**
 * Opens an account and its first session; `UserRegistered` commits with them.
 * @throws DomainError `auth.signups-closed` (forbidden); `auth.email-taken` (conflict); `auth.weak-password` (invalid).
 */
export class RegisterUser extends Command<RegisteredUserDto> {
  constructor(
    readonly email: string,
    readonly password: string,
    readonly name: string,
  ) {
    super();
  }
}

/**
 * That an address is taken cannot be kept secret here, since a free one is answered with tokens; the password is hashed
 * either way, so that only the rate limit of the route decides how many addresses can be tried.
 */
@CommandHandler(RegisterUser)
export class RegisterUserHandler implements ICommandHandler<RegisterUser> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly users: AuthRepository,
    private readonly sessions: SessionOpener,
    private readonly passwords: PasswordHasher,
    private readonly outbox: Outbox,
    private readonly queries: QueryBus,
    private readonly audit: AuditLog,
    private readonly config: SystemConfig,
  ) {}

  async execute({ email: address, password, name }: RegisterUser): Promise<RegisteredUserDto> {
    assertSignupsOpen(this.config);
    const email = normaliseEmail(address);
    assertGoodPassword(password, { email, name });
    const passwordHash = await this.passwords.hash(password);
    const { account, sessionId, tokens } = await this.uow.asService('register a user', async () => {
      const account = await this.users.insertUser({ id: uuidv7(), email, name, passwordHash });
      const session = await this.sessions.open(account.id);
      identifyRequest({ userId: account.id, role: 'user' });
      await this.audit.record({ action: 'auth.user-registered', targetType: 'user', targetId: account.id });
      await this.outbox.publish(new UserRegistered(account.id), new EmailVerificationAsked(account.id));
      return { account, ...session };
    });
    const gmailConsentUrl = await this.queries.execute(new GetGmailConsentUrl(account.id, sessionId));
    return { user: accountDto(account), tokens, gmailConsentUrl };
  }
}
