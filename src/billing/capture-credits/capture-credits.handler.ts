import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Gathering } from '../../kernel/database/gathering';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { CaptureCredits } from '../contracts';
import { type HoldOutcome, LedgerRepository } from '../ledger.repository';

const capturedTogetherMs = 10;

/**
 * Captures of one user that are asked for within some milliseconds, or while others of theirs are made, are one statement, which locks
 * their wallet once. Each command hears of its own mails alone, and where the statement fails, each tries by itself: a mail that cannot be
 * captured fails nobody else's.
 */
@CommandHandler(CaptureCredits)
export class CaptureCreditsHandler implements ICommandHandler<CaptureCredits> {
  private readonly gathering = new Gathering<HoldOutcome[], string>(
    (userId, emailIds) => this.capture(userId, emailIds),
    { lingerMs: capturedTogetherMs },
  );

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

  private outcomesOf(userId: string, emailIds: string[]): Promise<HoldOutcome[]> {
    // What stands in a transaction commits with it, and with nobody else.
    if (this.uow.inTransaction) return this.capture(userId, emailIds);
    return this.gathering.joinOrAskAlone(userId, emailIds);
  }

  private capture(userId: string, emailIds: string[]): Promise<HoldOutcome[]> {
    return this.uow.asService('capture credits', () => this.ledger.capture(userId, emailIds), {
      atOnce: true,
      repeated: true,
    });
  }
}
