import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { LedgerRepository } from '../ledger.repository';

const walletsAtOnce = 200;

/** Expires the free credits of lots past their date; answers how many credits went. */
export class ExpireCredits extends Command<number> {}

@CommandHandler(ExpireCredits)
export class ExpireCreditsHandler implements ICommandHandler<ExpireCredits> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly ledger: LedgerRepository,
  ) {}

  async execute(): Promise<number> {
    let total = 0;
    for (let gone = -1; gone !== 0; total += gone)
      gone = await this.uow.readAsService('expire credits', () => this.ledger.expire(walletsAtOnce));
    return total;
  }
}
