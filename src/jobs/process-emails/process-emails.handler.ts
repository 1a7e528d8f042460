import { Logger } from '@nestjs/common';
import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DraftSummary } from '../../email/contracts';
import { EnvDto } from '../../kernel/config/env.dto';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { runAsWork } from '../../kernel/observability/work-context';
import { SystemConfig } from '../../kernel/system-config/system-config';
import { DispatchWakeUp } from '../dispatch-jobs/dispatch-wake-up';
import { DispatchesRepository } from '../dispatches.repository';
import { JobEndings } from '../job-endings';
import { processingEnabled } from '../jobs.settings';
import { LeaseKeeper } from '../lease-keeper';
import { type LeasedJob, ProcessingJobsRepository } from '../processing-jobs.repository';
import { Places } from './places';

/**
 * Starts the mails of a wake-up, all of one mailbox, once this process has places for them; each then comes to its own end. A
 * stale wake-up starts nothing. While processing is off, or this process stops, its mails go back to where they stood.
 */
export class ProcessEmails extends Command<void> {
  constructor(
    readonly jobIds: string[],
    readonly dispatchId: string,
  ) {
    super();
  }
}

@CommandHandler(ProcessEmails)
export class ProcessEmailsHandler implements ICommandHandler<ProcessEmails> {
  private readonly logger = new Logger(ProcessEmails.name);

  constructor(
    private readonly env: EnvDto,
    private readonly uow: UnitOfWork,
    private readonly jobs: ProcessingJobsRepository,
    private readonly dispatches: DispatchesRepository,
    private readonly leases: LeaseKeeper,
    private readonly endings: JobEndings,
    private readonly commands: CommandBus,
    private readonly config: SystemConfig,
    private readonly places: Places,
    private readonly dispatcher: DispatchWakeUp,
  ) {}

  async execute({ jobIds, dispatchId }: ProcessEmails): Promise<void> {
    const isLetIn = await this.places.take(jobIds.length);
    if (isLetIn && this.config.get(processingEnabled)) return this.start(jobIds, dispatchId);
    if (isLetIn) this.places.leave(jobIds.length);
    await this.uow.readAsService('take a dispatch back', () => this.dispatches.undoDispatches([dispatchId]));
  }

  private async start(jobIds: string[], dispatchId: string): Promise<void> {
    const leased = await this.uow
      .readAsService('start mails', () => this.jobs.lease(jobIds, dispatchId, this.env.JOB_LEASE_MS))
      .catch((error: unknown) => {
        this.places.leave(jobIds.length);
        throw error;
      });
    this.places.leave(jobIds.length - leased.length);
    for (const job of leased) void this.bringToItsEnd(job);
  }

  private async bringToItsEnd(job: LeasedJob): Promise<void> {
    try {
      await this.leases.keep('email', [job.leaseToken], () =>
        runAsWork('summarise mail', job, () => this.work(job)),
      );
    } catch (error) {
      this.logger.warn({ err: error, jobId: job.id }, 'A mail is left to its lease');
    } finally {
      this.places.leave();
      this.dispatcher.ring();
    }
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
