import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { jobNotFound } from '../cancel-job/job-not-found';
import { RetryJob } from '../contracts';
import { type JobState, mayRetry } from '../domain/job-state';
import { reasons } from '../domain/reason-codes';
import { JobControlRepository } from '../job-control.repository';
import { Restart } from './restart';

@CommandHandler(RetryJob)
export class RetryJobHandler implements ICommandHandler<RetryJob> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly jobs: JobControlRepository,
    private readonly restart: Restart,
    private readonly audit: AuditLog,
  ) {}

  execute({ asker, jobId }: RetryJob): Promise<{ state: JobState }> {
    return this.uow.asService('retry a job', async () => {
      const job = await this.jobs.lock(asker, jobId);
      if (!job) throw jobNotFound();
      if (!mayRetry(job.state))
        throw new DomainError('conflict', 'jobs.not-retryable', `A job that is ${job.state} is not retried`);
      if (job.reasonCode === reasons.quarantined)
        throw new DomainError('conflict', 'jobs.quarantined', 'This mail has to be released first');
      const state = await this.restart.one(job);
      await this.audit.record({
        action: 'jobs.job-retried',
        targetType: 'job',
        targetId: jobId,
        userId: job.userId,
        changes: { from: job.state, reasonCode: job.reasonCode },
      });
      return { state };
    });
  }
}
