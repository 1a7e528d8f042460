import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { EnvDto } from '../../kernel/config/env.dto';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { SystemConfig } from '../../kernel/system-config/system-config';
import { AccountsRepository } from '../accounts.repository';
import { packagesForSale } from '../billing.settings';
import { PaymentsRepository } from '../payments.repository';

/** Begins an automatic purchase where the user wants one: one in flight at a time, and no more a day than allowed. */
export class BeginTopUp extends Command<void> {
  constructor(readonly userId: string) {
    super();
  }
}

@CommandHandler(BeginTopUp)
export class BeginTopUpHandler implements ICommandHandler<BeginTopUp> {
  constructor(
    private readonly env: EnvDto,
    private readonly uow: UnitOfWork,
    private readonly accounts: AccountsRepository,
    private readonly payments: PaymentsRepository,
    private readonly config: SystemConfig,
    private readonly audit: AuditLog,
  ) {}

  async execute({ userId }: BeginTopUp): Promise<void> {
    if (!this.env.ENABLE_STRIPE) return;
    await this.uow.asService('begin a top-up', async () => {
      const payer = await this.accounts.payerForTopUp(userId);
      const wanted = this.config.get(packagesForSale).find(({ id }) => id === payer?.packageId);
      if (!payer || !wanted) return;
      const paymentId = await this.payments.beginTopUp(userId, wanted, payer.dailyCap);
      if (!paymentId) return;
      const { id: packageId, credits, amountMinor, currency } = wanted;
      const target = { targetType: 'payment', targetId: paymentId, userId };
      const changes = { packageId, credits, amountMinor, currency };
      await this.audit.record({ action: 'billing.top-up-begun', ...target, changes });
    });
  }
}
