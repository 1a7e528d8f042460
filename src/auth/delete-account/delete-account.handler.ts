import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { IdentityProof } from '../access/identity-proof';
import { AccountErasure } from './account-erasure';

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
    private readonly proof: IdentityProof,
    private readonly erasure: AccountErasure,
    private readonly audit: AuditLog,
  ) {}

  async execute({ userId, sessionId }: DeleteAccount): Promise<void> {
    await this.proof.requireRecent(userId, sessionId);
    await this.uow.asService('delete an account', async () => {
      await this.erasure.erase(userId);
      await this.audit.record({
        action: 'auth.account-deleted',
        targetType: 'user',
        targetId: userId,
        userId,
      });
      await this.audit.eraseAddressesOf(userId);
    });
  }
}
