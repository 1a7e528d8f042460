import { Injectable, Logger } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { AbandonSummary, KeepAnswer, type PaidAnswer, StoreSummaries } from '../email/contracts';
import type { Origin } from '../kernel/cqrs/origin';
import { Gathering } from '../kernel/database/gathering';
import { UnitOfWork } from '../kernel/database/unit-of-work';
import { DomainError } from '../kernel/errors/domain-error';
import { inSpan } from '../kernel/observability/spans';
import { currentOrigin } from '../kernel/observability/work-context';
import { pauseOf } from './domain/lanes';
import { judge } from './domain/retry-policy';
import { JobMetrics } from './job-metrics';
import { type LeasedJob, ProcessingJobsRepository } from './processing-jobs.repository';
import { TurnsRepository } from './turns.repository';

/** Milliseconds in which answers to one user's mails come together: they are stored together (docs/adr/0031). */
const storedTogetherMs = 10;

/** What a job that is done leaves behind. */
interface Done {
  /** The answer to store; without it, the kept one is. */
  answer?: PaidAnswer | undefined;
  /** What the same transaction does before it stores, once the job is known to be held. */
  first?: () => Promise<void>;
}

/** A job whose answer is at hand. */
interface Answered {
  job: LeasedJob;
  answer: PaidAnswer;
  /** Where its event comes from: whoever stores it may be at another mail. */
  origin: Origin;
}

/** How work on a mail ends, in whichever lane. Every ending names the lease: a worker that lost it changes nothing. */
@Injectable()
export class JobEndings {
  private readonly logger = new Logger(JobEndings.name);
  private readonly stores = new Gathering<void, Answered>(
    (userId, answered) => this.store(userId, answered),
    { lingerMs: storedTogetherMs },
  );

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
  async done(job: LeasedJob, { answer, first }: Done = {}): Promise<void> {
    const { userId, emailId } = job;
    if (!answer) await inSpan('store summary', {}, () => this.storeKept(job, first));
    else {
      const answered = (): Answered => ({ job, answer, origin: currentOrigin() });
      try {
        await inSpan('store summary', {}, () => this.stores.joinOrAskAlone(userId, [answered()]));
      } catch (error) {
        await this.commands.execute(new KeepAnswer(userId, emailId, answer));
        throw error;
      }
    }
    this.metrics.ended('done', 'none');
  }

  /** Answers that are at hand wait for nothing: their statements and the commit are one packet. */
  private store(userId: string, answered: readonly Answered[]): Promise<void> {
    const mails = answered.map(({ job: { emailId }, answer, origin }) => ({ emailId, answer, origin }));
    return this.uow.asService(
      'store summaries',
      async () => {
        const ended = this.jobs.finish(
          answered.map(({ job }) => job),
          'done',
          null,
        );
        await Promise.all([ended, this.commands.execute(new StoreSummaries(userId, mails))]);
      },
      { atOnce: true },
    );
  }

  /** A kept answer may turn out not to be there. */
  private storeKept(job: LeasedJob, first?: () => Promise<void>): Promise<void> {
    const { userId, emailId } = job;
    return this.uow.asService('store summaries', async () => {
      await this.jobs.finish([job], 'done', null);
      await first?.();
      await this.commands.execute(new StoreSummaries(userId, [{ emailId, origin: currentOrigin() }]));
    });
  }

  /** @throws DomainError `jobs.lease-lost`. */
  async abandon(job: LeasedJob, outcome: 'skipped' | 'failed', reasonCode: string): Promise<void> {
    await this.uow.asService('give a mail up', () =>
      Promise.all([
        this.jobs.finish([job], outcome, reasonCode),
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
