import { Injectable, Logger } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { AbandonSummary, StoreSummary } from '../email/contracts';
import { UnitOfWork } from '../kernel/database/unit-of-work';
import { DomainError } from '../kernel/errors/domain-error';
import { inSpan } from '../kernel/observability/spans';
import { pauseOf } from './domain/lanes';
import { judge } from './domain/retry-policy';
import { JobMetrics } from './job-metrics';
import { type LeasedJob, ProcessingJobsRepository } from './processing-jobs.repository';
import { RunEndings } from './run-endings';
import { TurnsRepository } from './turns.repository';

/** How work on a mail ends, in whichever lane. Every ending names the lease: a worker that lost it changes nothing. */
@Injectable()
export class JobEndings {
  private readonly logger = new Logger(JobEndings.name);

  constructor(
    private readonly uow: UnitOfWork,
    private readonly jobs: ProcessingJobsRepository,
    private readonly turns: TurnsRepository,
    private readonly runs: RunEndings,
    private readonly commands: CommandBus,
    private readonly metrics: JobMetrics,
  ) {}

  /**
   * Summary, job and event commit together: the summary is stored exactly when the job is done.
   * @param first what the same transaction does once the job is known to be held.
   * @throws DomainError `jobs.lease-lost`.
   */
  async done(job: LeasedJob, first?: () => Promise<void>): Promise<void> {
    await inSpan('store summary', {}, () => this.store(job, first));
    this.metrics.ended('done', 'none');
  }

  private store(job: LeasedJob, first: (() => Promise<void>) | undefined): Promise<void> {
    return this.uow.asService('store a summary', async () => {
      // Sent along with the job's end: where the lease turns out to be lost, all of it is rolled back.
      const held = this.jobs.finish(job, 'done', null);
      const ready = first && held.then(first);
      const stored = Promise.resolve(ready).then(() =>
        this.commands.execute(new StoreSummary(job.userId, job.emailId)),
      );
      await Promise.all([held, stored]);
      await this.runs.tellOf([job.emailId]);
    });
  }

  /** @throws DomainError `jobs.lease-lost`. */
  async abandon(job: LeasedJob, outcome: 'skipped' | 'failed', reasonCode: string): Promise<void> {
    await this.uow.asService('give a mail up', async () => {
      await this.jobs.finish(job, outcome, reasonCode);
      await this.commands.execute(new AbandonSummary(job.userId, job.emailId, outcome, reasonCode));
      await this.runs.tellOf([job.emailId]);
    });
    this.metrics.ended(outcome, reasonCode);
  }

  /** Puts a job back or gives it up, as its error asks for, and closes the lane of an upstream that asked for a pause. */
  async settle(job: LeasedJob, error: unknown): Promise<void> {
    const verdict = judge(error, job.attempts, job.deferrals);
    this.logger.warn(
      { err: error, jobId: job.id, emailId: job.emailId, verdict },
      'A mail was not summarised this time',
    );
    if (verdict.then === 'retry') {
      const pause = error instanceof DomainError ? pauseOf(error, job) : undefined;
      await this.uow.readAsService('put a job back', async () => {
        if (pause && (await this.turns.close(pause)))
          this.logger.warn(pause, 'A lane is closed: its mails wait');
        await this.jobs.putBack(job, verdict.reasonCode, verdict.afterMs, verdict.counts);
      });
      this.metrics.putBack(verdict.counts, verdict.reasonCode);
    } else {
      await this.abandon(job, verdict.then === 'skip' ? 'skipped' : 'failed', verdict.reasonCode);
    }
  }
}
