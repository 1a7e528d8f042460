import { CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ReleaseCredits } from '../../billing/contracts';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { CancelJob } from '../contracts';
import { hasEnded } from '../domain/job-state';
import { reasons } from '../domain/reason-codes';
import { JobControlRepository } from '../job-control.repository';
import { RunEndings } from '../run-endings';
import { jobNotFound } from './job-not-found';

/** The credit goes back in the same transaction: a retry right afterwards finds nothing on its way. */
@CommandHandler(CancelJob)
export class CancelJobHandler implements ICommandHandler<CancelJob> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly jobs: JobControlRepository,
    private readonly runs: RunEndings,
    private readonly commands: CommandBus,
    private readonly audit: AuditLog,
  ) {}

  execute({ asker, jobId }: CancelJob): Promise<void> {
    return this.uow.asService('cancel a job', async () => {
      const job = await this.jobs.lock(asker, jobId);
      if (!job) throw jobNotFound();
      if (hasEnded(job.state))
        throw new DomainError('conflict', 'jobs.job-ended', `The job is ${job.state} already`);
      const reasonCode = asker === 'admin' ? reasons.cancelledByAdmin : reasons.cancelledByUser;
      await this.jobs.cancel(jobId, reasonCode);
      await this.runs.tellOf([job.emailId]);
      await this.commands.execute(new ReleaseCredits(job.userId, [job.emailId], reasonCode));
      await this.audit.record({
        action: 'jobs.job-cancelled',
        targetType: 'job',
        targetId: jobId,
        userId: job.userId,
        changes: { from: job.state },
      });
    });
  }
}
