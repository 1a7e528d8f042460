import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import { v7 as uuidv7 } from 'uuid';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { DraftSummary, type DraftOutcome } from '../contracts';
import { type Draft, EmailRepository } from '../email.repository';
import { MailReader } from '../mail-reader';
import { SpendCap } from '../spend-cap';
import { promptVersion } from '../summariser/prompt';
import { Spending } from '../summariser/spending';
import { Summariser } from '../summariser/summariser';

/** An answer was paid for: it outlasts some 14 seconds without a database rather than be asked for again. */
const throughAnOutage = retry(
  handleWhen((error) => !(error instanceof DomainError)),
  { maxAttempts: 8, backoff: new ExponentialBackoff({ initialDelay: 100, maxDelay: 4_000 }) },
);

@CommandHandler(DraftSummary)
export class DraftSummaryHandler implements ICommandHandler<DraftSummary> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: EmailRepository,
    private readonly reader: MailReader,
    private readonly summariser: Summariser,
    private readonly cap: SpendCap,
  ) {}

  async execute({ userId, emailId }: DraftSummary): Promise<DraftOutcome> {
    if (await this.isDrafted(emailId)) return { outcome: 'drafted' };
    const read = await this.reader.read(userId, emailId);
    if ('skipped' in read) return { outcome: 'skipped', reasonCode: read.skipped };
    const { headers, mail, links } = read;
    await this.cap.ensureRoom(userId);
    const spending = new Spending();
    const summarised = await this.summariser
      .summarise(mail, links, spending)
      .catch(async (error: unknown) => {
        await this.countUseless(userId, spending);
        throw error;
      });
    await this.keep(userId, emailId, spending, { answerId: uuidv7(), headers, summarised });
    return { outcome: 'drafted' };
  }

  /** The answer and what it took commit together, once: a try whose commit was not heard of may have done it. */
  private keep(userId: string, emailId: string, spending: Spending, draft: Draft): Promise<void> {
    return throughAnOutage.execute(({ attempt }) =>
      this.uow.asService('keep an answer', async () => {
        if (attempt > 0 && (await this.repository.isKept(emailId, draft.answerId))) return;
        await Promise.all([
          this.repository.keepDraft(userId, emailId, draft),
          this.repository.countSpending(userId, spending),
        ]);
      }),
    );
  }

  /** An answer that is of no use was paid for all the same. */
  private async countUseless(userId: string, spending: Spending): Promise<void> {
    if (spending.answers === 0) return;
    await this.uow.asService('count an answer', () => this.repository.countSpending(userId, spending));
  }

  private isDrafted(emailId: string): Promise<boolean> {
    return this.uow.readAsService('look for a kept answer', () =>
      this.repository.hasDraft(emailId, promptVersion),
    );
  }
}
