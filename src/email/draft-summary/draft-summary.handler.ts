import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DraftSummary, type DraftOutcome } from '../contracts';
import { type Draft, EmailRepository } from '../email.repository';
import { MailReader } from '../mail-reader';
import { SpendCap } from '../spend-cap';
import { promptVersion } from '../summariser/prompt';
import { Spending } from '../summariser/spending';
import { Summariser } from '../summariser/summariser';

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
        await this.keep(userId, emailId, spending);
        throw error;
      });
    await this.keep(userId, emailId, spending, { headers, summarised });
    return { outcome: 'drafted' };
  }

  /** The answer and what it took commit together; an answer that is of no use was paid for all the same. */
  private async keep(userId: string, emailId: string, spending: Spending, draft?: Draft): Promise<void> {
    if (spending.answers === 0) return;
    await this.uow.asService('keep an answer', async () => {
      if (draft) await this.repository.keepDraft(userId, emailId, draft);
      await this.repository.countSpending(userId, spending);
    });
  }

  private isDrafted(emailId: string): Promise<boolean> {
    return this.uow.readAsService('look for a kept answer', () =>
      this.repository.hasDraft(emailId, promptVersion),
    );
  }
}
