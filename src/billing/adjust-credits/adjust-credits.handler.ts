import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { Outbox } from '../../kernel/outbox/outbox';
import { AccountsRepository } from '../accounts.repository';
import { AdjustCredits, CreditsAdded } from '../contracts';
import { LedgerRepository } from '../ledger.repository';

@CommandHandler(AdjustCredits)
export class AdjustCreditsHandler implements ICommandHandler<AdjustCredits> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly ledger: LedgerRepository,
    private readonly accounts: AccountsRepository,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
  ) {}

  execute({ userId, key, credits, reason, adminId }: AdjustCredits): Promise<{ applied: boolean }> {
    return this.uow.asService('adjust credits', async () => {
      const outcome = await this.ledger.adjust(userId, key, credits, reason);
      if (outcome === 'insufficient')
        throw new DomainError(
          'conflict',
          'billing.adjustment-too-large',
          'Fewer credits are available than should go.',
        );
      if (outcome === 'already') return { applied: false };
      const changes = { key, credits, reason, adminId };
      await this.audit.record({
        action: 'billing.credits-adjusted',
        targetType: 'user',
        targetId: userId,
        userId,
        changes,
      });
      if (credits > 0) {
        await this.accounts.forgetLowBalance(userId);
        await this.outbox.publish(new CreditsAdded(userId, credits, 'adjustment'));
      }
      return { applied: true };
    });
  }
}
