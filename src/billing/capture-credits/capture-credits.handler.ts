import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { CaptureCredits } from '../contracts';
import { LedgerRepository } from '../ledger.repository';

@CommandHandler(CaptureCredits)
export class CaptureCreditsHandler implements ICommandHandler<CaptureCredits> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly ledger: LedgerRepository,
  ) {}

  async execute({ userId, emailIds }: CaptureCredits): Promise<void> {
    const outcomes = await this.uow.readAsService('capture credits', () =>
      this.ledger.capture(userId, emailIds),
    );
    const missing = outcomes.filter(({ outcome }) => outcome === 'conflict' || outcome === 'none');
    if (missing.length > 0)
      throw new DomainError(
        'conflict',
        'billing.nothing-to-capture',
        `${missing.length} mail(s) hold no credit`,
      );
  }
}
