import { Injectable, Logger } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { AbandonSummary, KeepAnswer, type PaidAnswer, StoreSummary } from '../email/contracts';
import { UnitOfWork } from '../kernel/database/unit-of-work';
import { DomainError } from '../kernel/errors/domain-error';
import { inSpan } from '../kernel/observability/spans';
import { pauseOf } from './domain/lanes';
import { judge } from './domain/retry-policy';
import { JobMetrics } from './job-metrics';
import { type LeasedJob, ProcessingJobsRepository } from './processing-jobs.repository';
import { TurnsRepository } from './turns.repository';

/** What a job that is done leaves behind. */
interface Done {
  /** The answer to store; without it, the kept one is. */
  answer?: PaidAnswer | undefined;
  /** What the same transaction does before it stores, once the job is known to be held. */
  first?: () => Promise<void>;
}

/** How work on a mail ends, in whichever lane. Every ending names the lease: a worker that lost it changes nothing. */
@Injectable()
export class JobEndings {
  private readonly logger = new Logger(JobEndings.name);

  constructor(
    private readonly uow: UnitOfWork,
    private readonly jobs: ProcessingJobsRepository,
    private readonly turns: TurnsRepository,
    private readonly commands: CommandBus,
    private readonly metrics: JobMetrics,
  ) {}

  /**
   * Summary, job and event commit together: the summary is stored exactly when the job is done. An answer that cannot be stored is
   * kept. @throws DomainError `jobs.lease-lost`.
   */
  async done(job: LeasedJob, what: Done = {}): Promise<void> {
    const { userId, emailId } = job;
    try {
      await inSpan('store summary', {}, () => this.store(job, what));
    } catch (error) {
      if (what.answer) await this.commands.execute(new KeepAnswer(userId, emailId, what.answer));
      throw error;
    }
    this.metrics.ended('done', 'none');
  }

  private store(job: LeasedJob, { answer, first }: Done): Promise<void> {
    const { userId, emailId } = job;
    const end = async (ready?: () => Promise<void>): Promise<void> => {
      const ended = this.jobs.finish(job, 'done', null);
      const stored = Promise.resolve(ready && ended.then(ready)).then(() =>
        this.commands.execute(new StoreSummary(userId, emailId, answer)),
      );
      await Promise.all([ended, stored]);
    };
    // An answer that is at hand waits for nothing; a kept one may turn out not to be there.
    return answer
      ? this.uow.asService('store a summary', () => end(), { atOnce: true })
      : this.uow.asService('store a summary', () => end(first));
  }

  /** @throws DomainError `jobs.lease-lost`. */
  async abandon(job: LeasedJob, outcome: 'skipped' | 'failed', reasonCode: string): Promise<void> {
    await this.uow.asService('give a mail up', () =>
      Promise.all([
        this.jobs.finish(job, outcome, reasonCode),
        this.commands.execute(new AbandonSummary(job.userId, job.emailId, outcome, reasonCode)),
      ]),
    );
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
