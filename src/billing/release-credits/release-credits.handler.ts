import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { Outbox } from '../../kernel/outbox/outbox';
import { CreditsAdded, ReleaseCredits } from '../contracts';
import { LedgerRepository } from '../ledger.repository';

@CommandHandler(ReleaseCredits)
export class ReleaseCreditsHandler implements ICommandHandler<ReleaseCredits> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly ledger: LedgerRepository,
    private readonly outbox: Outbox,
  ) {}

  async execute({ userId, emailIds, reason }: ReleaseCredits): Promise<void> {
    const outcomes = await this.uow.asService('release credits', async () => {
      const released = await this.ledger.release(userId, emailIds, reason);
      const credits = released.filter(({ outcome }) => outcome === 'released').length;
      // A credit that came back may be what another mail waits for.
      if (credits > 0) await this.outbox.publish(new CreditsAdded(userId, credits, 'release'));
      return released;
    });
    const captured = outcomes.filter(({ outcome }) => outcome === 'conflict');
    if (captured.length > 0)
      throw new DomainError(
        'conflict',
        'billing.captured-already',
        `${captured.length} mail(s) were paid for already`,
      );
  }
}
