import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { AuditLog } from '../../kernel/audit/audit-log';
import { DomainError } from '../../kernel/errors/domain-error';
import { Outbox } from '../../kernel/outbox/outbox';
import { SystemConfig } from '../../kernel/system-config/system-config';
import { assertSignupsOpen } from '../access/signups';
import { ApiKeyRepository } from '../api-key.repository';
import { AuthRepository, type Credentials } from '../auth.repository';
import { UserRegistered } from '../contracts';
import type { GooglePerson } from '../google/google-sign-in';
import { SecondFactorRepository } from '../second-factor/second-factor.repository';
import { SessionRepository } from '../session.repository';

/** Finds or opens the account of a person whom Google vouches for. Joins the caller's transaction (service). */
@Injectable()
export class GoogleAccounts {
  constructor(
    private readonly users: AuthRepository,
    private readonly sessions: SessionRepository,
    private readonly keys: ApiKeyRepository,
    private readonly factors: SecondFactorRepository,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly config: SystemConfig,
  ) {}

  /**
   * The account with this Google identity; else the one with its address, linked to it; else a new one.
   * @throws DomainError `auth.google-not-linked` (conflict) where an account has the address and Google's word is not enough;
   * `auth.signups-closed` (forbidden) where a new one would be opened.
   */
  async accountOf(person: GooglePerson): Promise<Credentials> {
    const known = await this.users.findCredentialsByGoogle(person.subject);
    if (known) return known;
    const namesake = await this.users.findCredentialsByEmail(person.email);
    if (namesake) await this.link(namesake, person);
    else await this.open(person);
    const account = await this.users.findCredentialsByGoogle(person.subject);
    if (!account)
      throw new DomainError('internal', 'auth.google-account-missing', 'The account was not found again');
    return account;
  }

  private async link(account: Credentials, { subject, ownsAddress }: GooglePerson): Promise<void> {
    if (!ownsAddress || account.googleSubject !== null)
      throw new DomainError(
        'conflict',
        'auth.google-not-linked',
        'Sign in with the password of this account.',
      );
    if (account.emailVerifiedAt === null) await this.evict(account.id);
    await this.users.linkGoogle(account.id, subject);
    await this.audit.record({
      action: 'auth.google-linked',
      targetType: 'user',
      targetId: account.id,
      userId: account.id,
    });
  }

  /** Whoever opened the account never showed that the address is theirs: what they know or hold must not open it any more. */
  private async evict(userId: string): Promise<void> {
    await this.users.setPassword(userId, null);
    await this.sessions.removeAll(userId);
    await this.keys.removeAll(userId);
    await this.factors.remove(userId);
  }

  private async open({ subject, email, name }: GooglePerson): Promise<void> {
    assertSignupsOpen(this.config);
    const id = uuidv7();
    await this.users.insertUser({ id, email, name, googleSubject: subject, emailVerifiedAt: new Date() });
    await this.outbox.publish(new UserRegistered(id));
    await this.audit.record({ action: 'auth.user-registered', targetType: 'user', targetId: id, userId: id });
  }
}
