import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { EnvDto } from '../../kernel/config/env.dto';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { identifyRequest } from '../../kernel/http/request-context';
import { SessionOpener } from '../access/session-opener';
import { signInRedirect } from '../domain/sign-in-redirect';
import { accountDto } from '../get-me/account.dto';
import { GoogleSignIn } from '../google/google-sign-in';
import type { SignedInDto } from '../login-user/login-user.dto';
import { GoogleAccounts } from './google-accounts';

/**
 * Opens a session for the person whom Google vouches for, and an account where there is none. Google's own second factor
 * stands in for ours.
 * @throws DomainError `auth.google-refused` (unauthenticated); `auth.google-not-linked` (conflict);
 * `auth.account-suspended` (forbidden); a retryable one while Google cannot be reached.
 */
export class FinishGoogleSignIn extends Command<SignedInDto> {
  constructor(
    readonly code: string,
    readonly codeVerifier: string,
    readonly redirectUri?: string,
  ) {
    super();
  }
}

@CommandHandler(FinishGoogleSignIn)
export class FinishGoogleSignInHandler implements ICommandHandler<FinishGoogleSignIn> {
  constructor(
    private readonly env: EnvDto,
    private readonly uow: UnitOfWork,
    private readonly google: GoogleSignIn,
    private readonly accounts: GoogleAccounts,
    private readonly sessions: SessionOpener,
    private readonly audit: AuditLog,
  ) {}

  async execute({ code, codeVerifier, redirectUri }: FinishGoogleSignIn): Promise<SignedInDto> {
    const person = await this.google.person(code, codeVerifier, signInRedirect(redirectUri, this.env));
    if (!person)
      throw new DomainError(
        'unauthenticated',
        'auth.google-refused',
        'Google does not vouch for this address.',
      );
    return this.uow.asService('sign in with Google', async () => {
      const account = await this.accounts.accountOf(person);
      if (account.status !== 'active')
        throw new DomainError('forbidden', 'auth.account-suspended', 'This account is suspended.');
      const { sessionId, tokens } = await this.sessions.open(account.id);
      identifyRequest({ userId: account.id, role: account.role === 'admin' ? 'admin' : 'user' });
      await this.audit.record({ action: 'auth.signed-in', targetType: 'session', targetId: sessionId });
      return { user: accountDto(account), tokens };
    });
  }
}
