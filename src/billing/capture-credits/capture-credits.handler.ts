import { setImmediate as nextTurn } from 'node:timers/promises';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { CaptureCredits } from '../contracts';
import { type HoldOutcome, LedgerRepository } from '../ledger.repository';

/** Mails of one user whose captures were asked for at the same moment. */
interface Together {
  readonly emailIds: Set<string>;
  readonly outcomes: Promise<HoldOutcome[]>;
}

/**
 * Captures of one user that are asked for at the same moment are one statement, which locks their wallet once. Each command hears of its own mails
 * alone, and where the statement fails, each tries by itself: a mail that cannot be captured fails nobody else's.
 */
@CommandHandler(CaptureCredits)
export class CaptureCreditsHandler implements ICommandHandler<CaptureCredits> {
  private readonly together = new Map<string, Together>();

  constructor(
    private readonly uow: UnitOfWork,
    private readonly ledger: LedgerRepository,
  ) {}

  async execute({ userId, emailIds }: CaptureCredits): Promise<void> {
    const outcomes = await this.outcomesOf(userId, emailIds);
    const missing = outcomes.filter(
      ({ emailId, outcome }) => emailIds.includes(emailId) && (outcome === 'conflict' || outcome === 'none'),
    );
    if (missing.length > 0)
      throw new DomainError(
        'conflict',
        'billing.nothing-to-capture',
        `${missing.length} mail(s) hold no credit`,
      );
  }

  private async outcomesOf(userId: string, emailIds: string[]): Promise<HoldOutcome[]> {
    // What stands in a transaction commits with it, and with nobody else.
    if (this.uow.inTransaction) return this.capture(userId, emailIds);
    const asked = this.together.get(userId) ?? this.gather(userId);
    for (const emailId of emailIds) asked.emailIds.add(emailId);
    try {
      return await asked.outcomes;
    } catch (error) {
      if (asked.emailIds.size === emailIds.length) throw error;
      return this.capture(userId, emailIds);
    }
  }

  private gather(userId: string): Together {
    const emailIds = new Set<string>();
    const outcomes = nextTurn().then(() => {
      this.together.delete(userId);
      return this.capture(userId, [...emailIds]);
    });
    const together = { emailIds, outcomes };
    this.together.set(userId, together);
    return together;
  }

  private capture(userId: string, emailIds: string[]): Promise<HoldOutcome[]> {
    return this.uow.readAsService('capture credits', () => this.ledger.capture(userId, emailIds));
  }
}
