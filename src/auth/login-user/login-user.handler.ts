import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { PasswordHasher } from '../../kernel/crypto/password-hasher';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { identifyRequest } from '../../kernel/http/request-context';
import { GuessLimiter } from '../access/guess-limiter';
import { SessionOpener } from '../access/session-opener';
import { AuthRepository, type Credentials } from '../auth.repository';
import { normaliseEmail } from '../domain/email-address';
import { accountDto } from '../get-me/account.dto';
import { SecondFactors } from '../second-factor/second-factors';
import type { SignedInDto } from './login-user.dto';

/**
 * Opens a session for whoever knows the password.
 * @throws DomainError `auth.invalid-credentials` (unauthenticated), the same for a wrong password, an account without
 * one and an address that nobody has; `auth.account-suspended` (forbidden) after the right password;
 * `auth.second-factor-required` and `auth.wrong-code` (unauthenticated), likewise;
 * `auth.too-many-attempts` (rate-limited) while guessing at this address is slowed down.
 */
export class LoginUser extends Command<SignedInDto> {
  constructor(
    readonly email: string,
    readonly password: string,
    readonly code?: string,
  ) {
    super();
  }
}

@CommandHandler(LoginUser)
export class LoginUserHandler implements ICommandHandler<LoginUser> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly users: AuthRepository,
    private readonly sessions: SessionOpener,
    private readonly passwords: PasswordHasher,
    private readonly guesses: GuessLimiter,
    private readonly secondFactors: SecondFactors,
    private readonly audit: AuditLog,
  ) {}

  async execute({ email: address, password, code }: LoginUser): Promise<SignedInDto> {
    const email = normaliseEmail(address);
    await this.guesses.attempt(`password:${email}`);
    const user = await this.uow.readAsService('sign in', () => this.users.findCredentialsByEmail(email));
    const account = await this.authenticate(user, password);
    await this.guesses.succeed(`password:${email}`);
    await this.secondFactors.check(account.id, code);
    const rehashed = await this.rehash(account, password);
    const tokens = await this.uow.asService('sign in', async () => {
      if (rehashed) await this.users.setPassword(account.id, rehashed);
      const { sessionId, tokens } = await this.sessions.open(account.id);
      identifyRequest({ userId: account.id, role: account.role === 'admin' ? 'admin' : 'user' });
      await this.audit.record({ action: 'auth.signed-in', targetType: 'session', targetId: sessionId });
      return tokens;
    });
    return { user: accountDto(account), tokens };
  }

  /** The password at today's cost, where it was hashed at another; only a sign-in knows it in the clear. */
  private rehash({ passwordHash }: Credentials, password: string): Promise<string> | undefined {
    return passwordHash !== null && this.passwords.needsRehash(passwordHash)
      ? this.passwords.hash(password)
      : undefined;
  }

  private async authenticate(user: Credentials | null, password: string): Promise<Credentials> {
    // A hash is verified in any case: without one the answer would come sooner where no account exists.
    const matches = await this.passwords.verify(user?.passwordHash ?? null, password);
    if (!user || !matches || user.status === 'deleted')
      throw new DomainError(
        'unauthenticated',
        'auth.invalid-credentials',
        'The address or the password is wrong.',
      );
    if (user.status !== 'active')
      throw new DomainError('forbidden', 'auth.account-suspended', 'This account is suspended.');
    return user;
  }
}
