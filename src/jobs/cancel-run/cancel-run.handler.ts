import { CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ReleaseCredits } from '../../billing/contracts';
import { StopWalk } from '../../gmail/contracts';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { BackgroundJobsRepository } from '../background-jobs.repository';
import { CancelRun } from '../contracts';
import { reasons } from '../domain/reason-codes';
import { runNotFound } from '../get-run/run-not-found';
import { JobControlRepository } from '../job-control.repository';
import { RunEndings } from '../run-endings';

const batchSize = 500;

/**
 * The run is marked first, in one transaction with its audit row and the end of its walk: from then on it finds and takes no more
 * mails. Those that it has are
 * stopped in batches, each with its credits, so that no wallet stays locked for long.
 */
@CommandHandler(CancelRun)
export class CancelRunHandler implements ICommandHandler<CancelRun> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly runs: BackgroundJobsRepository,
    private readonly jobs: JobControlRepository,
    private readonly endings: RunEndings,
    private readonly commands: CommandBus,
    private readonly audit: AuditLog,
  ) {}

  async execute({ asker, runId }: CancelRun): Promise<{ cancelled: number }> {
    const reasonCode = asker === 'admin' ? reasons.cancelledByAdmin : reasons.cancelledByUser;
    const owner = asker === 'admin' ? null : asker.userId;
    const userId = await this.uow.asService('cancel a run', async () => {
      const run = await this.runs.cancel(owner, runId, reasonCode);
      if (!run) throw runNotFound();
      if (run.walking) await this.commands.execute(new StopWalk(run.userId, run.connectionId, runId));
      await this.audit.record({
        action: 'jobs.run-cancelled',
        targetType: 'run',
        targetId: runId,
        userId: run.userId,
      });
      await this.endings.tell([runId]);
      return run.userId;
    });
    let cancelled = 0;
    for (let batch = batchSize; batch === batchSize; cancelled += batch)
      batch = await this.cancelBatch(userId, runId, reasonCode);
    return { cancelled };
  }

  private cancelBatch(userId: string, runId: string, reasonCode: string): Promise<number> {
    return this.uow.asService('cancel mails of a run', async () => {
      const emailIds = await this.jobs.cancelOfRun(runId, reasonCode, batchSize);
      await this.endings.tellOf(emailIds);
      if (emailIds.length > 0) await this.commands.execute(new ReleaseCredits(userId, emailIds, reasonCode));
      return emailIds.length;
    });
  }
}
