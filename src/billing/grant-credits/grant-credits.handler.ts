import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { Outbox } from '../../kernel/outbox/outbox';
import { AccountsRepository } from '../accounts.repository';
import { CreditsAdded, GrantCredits } from '../contracts';
import { LedgerRepository } from '../ledger.repository';

@CommandHandler(GrantCredits)
export class GrantCreditsHandler implements ICommandHandler<GrantCredits> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly ledger: LedgerRepository,
    private readonly accounts: AccountsRepository,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
  ) {}

  execute(grant: GrantCredits): Promise<boolean> {
    return this.uow.asService('grant credits', async () => {
      const isNew = await this.ledger.grant(grant);
      if (!isNew) return false;
      const { userId, credits, source, sourceRef } = grant;
      const target = { targetType: 'user', targetId: userId, userId };
      const changes = { credits, source, sourceRef };
      await this.audit.record({ action: 'billing.credits-granted', ...target, changes });
      await this.accounts.forgetLowBalance(grant.userId);
      await this.outbox.publish(new CreditsAdded(grant.userId, grant.credits, grant.source));
      return true;
    });
  }
}
