import { CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AbandonSummary } from '../../email/contracts';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { BackgroundJobsRepository } from '../background-jobs.repository';
import { CancelWork } from '../contracts';
import { ProcessingJobsRepository } from '../processing-jobs.repository';
import { RunEndings } from '../run-endings';

const batchSize = 200;

@CommandHandler(CancelWork)
export class CancelWorkHandler implements ICommandHandler<CancelWork> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly runs: BackgroundJobsRepository,
    private readonly jobs: ProcessingJobsRepository,
    private readonly endings: RunEndings,
    private readonly commands: CommandBus,
    private readonly audit: AuditLog,
  ) {}

  async execute({ userId, reasonCode }: CancelWork): Promise<void> {
    await this.uow.asService('cancel syncs', async () => {
      await this.endings.tell(await this.runs.cancelAll(userId, reasonCode));
      const target = { targetType: 'user', targetId: userId, userId };
      await this.audit.record({ action: 'jobs.work-cancelled', ...target, changes: { reasonCode } });
    });
    while ((await this.cancelBatch(userId, reasonCode)) === batchSize);
  }

  private cancelBatch(userId: string, reasonCode: string): Promise<number> {
    return this.uow.asService('cancel mails', async () => {
      const cancelled = await this.jobs.cancelAll(userId, reasonCode, batchSize);
      for (const emailId of cancelled)
        await this.commands.execute(new AbandonSummary(userId, emailId, 'cancelled', reasonCode));
      await this.endings.tellOf(cancelled);
      return cancelled.length;
    });
  }
}
