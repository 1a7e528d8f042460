import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { Outbox } from '../../kernel/outbox/outbox';
import { AccountsRepository } from '../accounts.repository';
import { CreditsLow, HoldCredits } from '../contracts';
import { LedgerRepository } from '../ledger.repository';

/** Hours until a hold must be renewed or ended. */
const holdTtlHours = 7 * 24;

@CommandHandler(HoldCredits)
export class HoldCreditsHandler implements ICommandHandler<HoldCredits> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly ledger: LedgerRepository,
    private readonly accounts: AccountsRepository,
    private readonly outbox: Outbox,
  ) {}

  execute({ userId, emailIds, cap }: HoldCredits): Promise<string[]> {
    return this.uow.asService('hold credits', async () => {
      const held = await this.ledger.hold(userId, emailIds, holdTtlHours, cap ?? null);
      const low = await this.accounts.noteLowBalance(userId);
      if (low !== undefined) await this.outbox.publish(new CreditsLow(userId, low));
      return held;
    });
  }
}
