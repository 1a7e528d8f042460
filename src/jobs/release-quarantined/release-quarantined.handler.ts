import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { jobNotFound } from '../cancel-job/job-not-found';
import { ReleaseQuarantined } from '../contracts';
import type { JobState } from '../domain/job-state';
import { reasons } from '../domain/reason-codes';
import { JobControlRepository } from '../job-control.repository';
import { Restart } from '../retry-job/restart';

@CommandHandler(ReleaseQuarantined)
export class ReleaseQuarantinedHandler implements ICommandHandler<ReleaseQuarantined> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly jobs: JobControlRepository,
    private readonly restart: Restart,
    private readonly audit: AuditLog,
  ) {}

  execute({ jobId }: ReleaseQuarantined): Promise<{ state: JobState }> {
    return this.uow.asService('release a quarantined mail', async () => {
      const job = await this.jobs.lock('admin', jobId);
      if (!job) throw jobNotFound();
      if (job.state !== 'failed' || job.reasonCode !== reasons.quarantined)
        throw new DomainError('conflict', 'jobs.not-quarantined', 'This mail is not in quarantine');
      const state = await this.restart.one(job);
      await this.audit.record({
        action: 'jobs.quarantine-released',
        targetType: 'job',
        targetId: jobId,
        userId: job.userId,
      });
      return { state };
    });
  }
}
