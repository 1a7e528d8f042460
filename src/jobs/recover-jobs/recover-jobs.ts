import { Logger } from '@nestjs/common';
import { EnvDto } from '../../kernel/config/env.dto';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { runAsWork } from '../../kernel/observability/work-context';
import { Loop } from '../../kernel/worker/loop';
import { RunsInWorker, type WorkerTask } from '../../kernel/worker/worker-task';
import { BackgroundJobsRepository } from '../background-jobs.repository';
import { DispatchWakeUp } from '../dispatch-jobs/dispatch-wake-up';
import { reasons } from '../domain/reason-codes';
import { maxAttempts } from '../domain/retry-policy';
import { JobEndings } from '../job-endings';
import { ProcessingJobsRepository } from '../processing-jobs.repository';

/** Milliseconds after which a wake-up that nobody took counts as lost by BullMQ. */
const dispatchTimeoutMs = 120_000;

/**
 * Brings back what a dead worker or a flushed Redis left behind. A mail that outlived its attempts goes into quarantine with
 * its credit released: it may be what kills the workers, and only an administrator lets it run again.
 */
@RunsInWorker()
export class RecoverJobs implements WorkerTask {
  private readonly logger = new Logger(RecoverJobs.name);
  private readonly loop: Loop;

  constructor(
    private readonly env: EnvDto,
    private readonly uow: UnitOfWork,
    private readonly emails: ProcessingJobsRepository,
    private readonly syncs: BackgroundJobsRepository,
    private readonly endings: JobEndings,
    private readonly dispatcher: DispatchWakeUp,
  ) {
    this.loop = new Loop(
      RecoverJobs.name,
      () => this.recover(),
      Math.min(5_000, Math.round(env.JOB_LEASE_MS / 3)),
    );
  }

  start(): void {
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  /** One pass; answers false, since there is never more to do at once. */
  async recover(): Promise<boolean> {
    await this.giveUpExhausted();
    const recovered = await this.uow.readAsService('recover jobs', async () => {
      const mails = await this.emails.recover(dispatchTimeoutMs, maxAttempts, this.env.JOB_LEASE_MS);
      return mails + (await this.syncs.recover(dispatchTimeoutMs));
    });
    if (recovered > 0) {
      this.logger.warn(`${recovered} job(s) that a worker or the queue had lost are queued again`);
      this.dispatcher.ring();
    }
    return false;
  }

  private async giveUpExhausted(): Promise<void> {
    const exhausted = await this.uow.readAsService('find exhausted jobs', () =>
      this.emails.leaseExhausted(maxAttempts, this.env.JOB_LEASE_MS),
    );
    for (const job of exhausted)
      await runAsWork('give a mail up', job, () => this.endings.abandon(job, 'failed', reasons.quarantined));
  }
}
