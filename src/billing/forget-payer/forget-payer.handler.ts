import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { AccountsRepository } from '../accounts.repository';
import { StripeEventsRepository } from '../stripe-events.repository';

/**
 * Forgets how a deleted account paid: no customer, no payment method, no top-up, no raw event that names the payer. The
 * ledger and the amounts stay, as bookkeeping law wants them.
 */
export class ForgetPayer extends Command<void> {
  constructor(readonly userId: string) {
    super();
  }
}

@CommandHandler(ForgetPayer)
export class ForgetPayerHandler implements ICommandHandler<ForgetPayer> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly accounts: AccountsRepository,
    private readonly events: StripeEventsRepository,
  ) {}

  execute({ userId }: ForgetPayer): Promise<void> {
    return this.uow.asService('forget a payer', async () => {
      await this.events.emptyThoseOf(userId);
      await this.accounts.forgetPayer(userId);
    });
  }
}
