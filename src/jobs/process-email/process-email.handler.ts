import { Logger } from '@nestjs/common';
import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AbandonSummary, DraftSummary, StoreSummary } from '../../email/contracts';
import { EnvDto } from '../../kernel/config/env.dto';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { SystemConfig } from '../../kernel/system-config/system-config';
import { judge } from '../domain/retry-policy';
import { processingEnabled } from '../jobs.settings';
import { LeaseKeeper } from '../lease-keeper';
import { type LeasedJob, ProcessingJobsRepository } from '../processing-jobs.repository';

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
  private readonly logger = new Logger(ProcessEmailHandler.name);

  constructor(
    private readonly env: EnvDto,
    private readonly uow: UnitOfWork,
    private readonly jobs: ProcessingJobsRepository,
    private readonly leases: LeaseKeeper,
    private readonly commands: CommandBus,
    private readonly config: SystemConfig,
  ) {}

  async execute({ jobId, dispatchId }: ProcessEmail): Promise<void> {
    if (!this.config.get(processingEnabled))
      return this.uow.readAsService('take a dispatch back', () => this.jobs.undoDispatches([dispatchId]));
    const job = await this.uow.readAsService('start a job', () =>
      this.jobs.lease(jobId, dispatchId, this.env.JOB_LEASE_MS),
    );
    if (job) await this.leases.keep('email', job.leaseToken, () => this.work(job));
  }

  private async work(job: LeasedJob): Promise<void> {
    try {
      const draft = await this.commands.execute(new DraftSummary(job.userId, job.emailId));
      if (draft.outcome === 'drafted') await this.done(job);
      else await this.abandon(job, 'skipped', draft.reasonCode);
    } catch (error) {
      await this.settle(job, error);
    }
  }

  /** Summary, job and event commit together: the summary is stored exactly when the job is done. */
  private done(job: LeasedJob): Promise<void> {
    return this.uow.asService('store a summary', async () => {
      await this.jobs.finish(job, 'done', null);
      await this.commands.execute(new StoreSummary(job.userId, job.emailId));
    });
  }

  private abandon(job: LeasedJob, outcome: 'skipped' | 'failed', reasonCode: string): Promise<void> {
    return this.uow.asService('give a mail up', async () => {
      await this.jobs.finish(job, outcome, reasonCode);
      await this.commands.execute(new AbandonSummary(job.userId, job.emailId, outcome, reasonCode));
    });
  }

  private async settle(job: LeasedJob, error: unknown): Promise<void> {
    const verdict = judge(error, job.attempts, job.deferrals);
    this.logger.warn(
      { err: error, jobId: job.id, emailId: job.emailId, verdict },
      'A mail was not summarised this time',
    );
    if (verdict.then === 'retry') {
      await this.uow.readAsService('put a job back', () =>
        this.jobs.putBack(job, verdict.reasonCode, verdict.afterMs, verdict.counts),
      );
    } else {
      await this.abandon(job, verdict.then === 'skip' ? 'skipped' : 'failed', verdict.reasonCode);
    }
  }
}
