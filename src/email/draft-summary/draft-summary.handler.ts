import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { v7 as uuidv7 } from 'uuid';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DraftSummary, type DraftOutcome } from '../contracts';
import type { Answer } from '../answer';
import { EmailRepository } from '../email.repository';
import { MailReader } from '../mail-reader';
import { SpendCap } from '../spend-cap';
import { promptVersion } from '../summariser/prompt';
import { Spending } from '../summariser/spending';
import { Summariser } from '../summariser/summariser';
import { UsageRepository } from '../usage.repository';

@CommandHandler(DraftSummary)
export class DraftSummaryHandler implements ICommandHandler<DraftSummary> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: EmailRepository,
    private readonly usage: UsageRepository,
    private readonly reader: MailReader,
    private readonly summariser: Summariser,
    private readonly cap: SpendCap,
  ) {}

  async execute({ userId, emailId, again }: DraftSummary): Promise<DraftOutcome> {
    if (again && (await this.isDrafted(emailId))) return { outcome: 'drafted' };
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
    const answer: Answer = { draft: { answerId: uuidv7(), headers, summarised }, spending };
    return { outcome: 'drafted', answer };
  }

  /** An answer that is of no use was paid for all the same. */
  private async countUseless(userId: string, spending: Spending): Promise<void> {
    if (spending.answers === 0) return;
    await this.uow.asService('count an answer', () => this.usage.countSpending(userId, spending));
  }

  private isDrafted(emailId: string): Promise<boolean> {
    return this.uow.readAsService('look for a kept answer', () =>
      this.repository.hasDraft(emailId, promptVersion),
    );
  }
}
