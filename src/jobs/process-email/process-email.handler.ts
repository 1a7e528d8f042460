import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DraftSummary } from '../../email/contracts';
import { EnvDto } from '../../kernel/config/env.dto';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { runAsWork } from '../../kernel/observability/work-context';
import { SystemConfig } from '../../kernel/system-config/system-config';
import { JobEndings } from '../job-endings';
import { processingEnabled } from '../jobs.settings';
import { LeaseKeeper } from '../lease-keeper';
import { type LeasedJob, ProcessingJobsRepository } from '../processing-jobs.repository';
import { DispatchesRepository } from '../dispatches.repository';

/** Brings one queued mail to its end. A stale wake-up does nothing; while processing is off, the mail goes back to its place. */
export class ProcessEmail extends Command<void> {
  constructor(
    readonly jobId: string,
    readonly dispatchId: string,
  ) {
    super();
  }
}

@CommandHandler(ProcessEmail)
export class ProcessEmailHandler implements ICommandHandler<ProcessEmail> {
  constructor(
    private readonly env: EnvDto,
    private readonly uow: UnitOfWork,
    private readonly jobs: ProcessingJobsRepository,
    private readonly dispatches: DispatchesRepository,
    private readonly leases: LeaseKeeper,
    private readonly endings: JobEndings,
    private readonly commands: CommandBus,
    private readonly config: SystemConfig,
  ) {}

  async execute({ jobId, dispatchId }: ProcessEmail): Promise<void> {
    if (!this.config.get(processingEnabled))
      return this.uow.readAsService('take a dispatch back', () =>
        this.dispatches.undoDispatches([dispatchId]),
      );
    const job = await this.uow.readAsService('start a job', () =>
      this.jobs.lease(jobId, dispatchId, this.env.JOB_LEASE_MS),
    );
    if (job)
      await this.leases.keep('email', [job.leaseToken], () =>
        runAsWork('summarise mail', job, () => this.work(job)),
      );
  }

  private async work(job: LeasedJob): Promise<void> {
    try {
      const again = job.attempts + job.deferrals > 1;
      const draft = await this.commands.execute(new DraftSummary(job.userId, job.emailId, again));
      if (draft.outcome === 'drafted') await this.endings.done(job, draft);
      else await this.endings.abandon(job, 'skipped', draft.reasonCode);
    } catch (error) {
      await this.endings.settle(job, error);
    }
  }
}
