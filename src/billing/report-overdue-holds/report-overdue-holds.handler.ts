import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { Outbox } from '../../kernel/outbox/outbox';
import { HoldsOverdue } from '../contracts';
import { LedgerRepository } from '../ledger.repository';

const holdsAtOnce = 1_000;

/** Asks whoever holds credits past their time whether they are still wanted. No credit moves by the clock alone. */
export class ReportOverdueHolds extends Command<void> {}

@CommandHandler(ReportOverdueHolds)
export class ReportOverdueHoldsHandler implements ICommandHandler<ReportOverdueHolds> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly ledger: LedgerRepository,
    private readonly outbox: Outbox,
  ) {}

  execute(): Promise<void> {
    return this.uow.asService('report overdue holds', async () => {
      const overdue = await this.ledger.overdueHolds(holdsAtOnce);
      const events = overdue.map(({ userId, emailIds }) => new HoldsOverdue(userId, emailIds));
      if (events.length > 0) await this.outbox.publish(...events);
    });
  }
}
