import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { IdempotencyRepository } from '../../kernel/http/idempotency/idempotency.repository';
import { Outbox } from '../../kernel/outbox/outbox';
import { GuessLimiter } from '../access/guess-limiter';
import { IdentityProof } from '../access/identity-proof';
import { ApiKeyRepository } from '../api-key.repository';
import { AuthRepository } from '../auth.repository';
import { UserDeleted } from '../contracts';
import { CredentialRepository } from '../credential.repository';
import { SecondFactorRepository } from '../second-factor/second-factor.repository';
import { SessionRepository } from '../session.repository';

/**
 * Deletes the account for good: every session and key ends at once, the person's data goes, and a nameless row stays that
 * the ledger can point at. The address is free again. `UserDeleted` tells the other modules.
 * @throws DomainError `auth.recent-proof-needed` (forbidden).
 */
export class DeleteAccount extends Command<void> {
  constructor(
    readonly userId: string,
    readonly sessionId: string,
  ) {
    super();
  }
}

@CommandHandler(DeleteAccount)
export class DeleteAccountHandler implements ICommandHandler<DeleteAccount> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly proof: IdentityProof,
    private readonly users: AuthRepository,
    private readonly sessions: SessionRepository,
    private readonly credentials: CredentialRepository,
    private readonly factors: SecondFactorRepository,
    private readonly keys: ApiKeyRepository,
    private readonly answers: IdempotencyRepository,
    private readonly guesses: GuessLimiter,
    private readonly audit: AuditLog,
  ) {}

  async execute({ userId, sessionId }: DeleteAccount): Promise<void> {
    await this.proof.requireRecent(userId, sessionId);
    const email = await this.uow.asService('delete an account', async () => {
      const email = await this.users.anonymise(userId);
      await this.sessions.removeAll(userId);
      await this.credentials.deleteTokens(userId);
      await this.factors.remove(userId);
      await this.keys.removeAll(userId);
      await this.answers.forget(userId);
      await this.outbox.publish(new UserDeleted(userId));
      await this.audit.record({
        action: 'auth.account-deleted',
        targetType: 'user',
        targetId: userId,
        userId,
      });
      await this.audit.eraseAddressesOf(userId);
      return email;
    });
    await this.guesses.succeed(`password:${email}`);
    await this.guesses.succeed(`reset-mail:${email}`);
  }
}
