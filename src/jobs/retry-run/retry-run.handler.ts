import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { BackgroundJobsRepository } from '../background-jobs.repository';
import { type RetriedMails, RetryRun } from '../contracts';
import { runNotFound } from '../get-run/run-not-found';
import { JobControlRepository } from '../job-control.repository';
import { Restart } from '../retry-job/restart';

const batchSize = 500;

/** Batch by batch, each with its holds and its audit row in one transaction; repeating it goes on where it ended. */
@CommandHandler(RetryRun)
export class RetryRunHandler implements ICommandHandler<RetryRun> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly runs: BackgroundJobsRepository,
    private readonly jobs: JobControlRepository,
    private readonly restart: Restart,
    private readonly audit: AuditLog,
  ) {}

  async execute({ asker, runId }: RetryRun): Promise<RetriedMails> {
    const owner = asker === 'admin' ? null : asker.userId;
    const userId = await this.uow.readAsService('find a run', () => this.runs.ownerOf(owner, runId));
    if (userId === null) throw runNotFound();
    const sum = { queued: 0, awaitingCredits: 0 };
    for (let after: string | null = null; ;) {
      const batch = await this.retryBatch(userId, runId, after);
      sum.queued += batch.queued;
      sum.awaitingCredits += batch.awaitingCredits;
      if (batch.last === null) break;
      after = batch.last;
    }
    const left = await this.uow.readAsService('count what is left', () => this.jobs.countFailedOfRun(runId));
    return { ...sum, left };
  }

  private retryBatch(userId: string, runId: string, after: string | null) {
    return this.uow.asService('retry mails of a run', async () => {
      const failed = await this.jobs.lockFailedOfRun(runId, after, batchSize);
      const { restarted, queued } = await this.restart.all(userId, failed);
      const counts = { queued: queued.length, awaitingCredits: restarted.length - queued.length };
      if (restarted.length > 0)
        await this.audit.record({
          action: 'jobs.run-retried',
          targetType: 'run',
          targetId: runId,
          userId,
          changes: counts,
        });
      return { ...counts, last: failed.length === batchSize ? (failed.at(-1)?.id ?? null) : null };
    });
  }
}
