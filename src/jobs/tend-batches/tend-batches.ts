import { Logger } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import {
  type BatchOutcome,
  CloseBatch,
  KeepBatchAnswer,
  ListBatchOutcomes,
  TendBatch,
} from '../../email/contracts';
import { EnvDto } from '../../kernel/config/env.dto';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { runAsWork } from '../../kernel/observability/work-context';
import { Loop } from '../../kernel/worker/loop';
import { RunsInWorker, type WorkerTask } from '../../kernel/worker/worker-task';
import { DispatchWakeUp } from '../dispatch-jobs/dispatch-wake-up';
import { JobEndings } from '../job-endings';
import { firstId, type JobInBatch, OvernightRepository } from '../overnight.repository';

/** Jobs read at once, and settled side by side. */
const pageSize = 200;
const sideBySide = 4;
/** Batches a mail goes into before it is asked for by itself. */
const mostRounds = 3;

/**
 * Looks after batches until each of their mails has come to its end or back into the queue. Any worker may, at any point:
 * what was settled is not away any more, and what was not is found again.
 */
@RunsInWorker()
export class TendBatches implements WorkerTask {
  private readonly logger = new Logger(TendBatches.name);
  private readonly loop: Loop;
  private stopping = false;

  constructor(
    env: EnvDto,
    private readonly uow: UnitOfWork,
    private readonly overnight: OvernightRepository,
    private readonly endings: JobEndings,
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly dispatcher: DispatchWakeUp,
  ) {
    this.loop = new Loop(TendBatches.name, () => this.tendNext(), Math.min(env.BATCH_POLL_MS, 2_000));
  }

  start(): void {
    this.stopping = false;
    this.loop.start();
  }

  stop(): Promise<void> {
    this.stopping = true;
    return this.loop.stop();
  }

  /** One batch; answers whether another may be due. */
  async tendNext(): Promise<boolean> {
    const tended = await this.commands.execute(new TendBatch());
    if (!tended) return false;
    if (tended.settled) await this.settle(tended.batchId);
    return true;
  }

  private async settle(batchId: string): Promise<void> {
    const listed = await this.queries.execute(new ListBatchOutcomes(batchId));
    const outcomes = new Map(listed.map((outcome) => [outcome.emailId, outcome]));
    for (let after = firstId; ;) {
      const jobs = await this.uow.readAsService('list mails of a batch', () =>
        this.overnight.listAway(batchId, after, pageSize),
      );
      const last = jobs.at(-1);
      if (!last) break;
      after = last.id;
      const one = async (): Promise<void> => {
        for (let job = jobs.pop(); job; job = jobs.pop()) {
          if (this.stopping) return;
          await this.bringBack(batchId, job, outcomes.get(job.emailId));
        }
      };
      await Promise.all(Array.from({ length: sideBySide }, one));
      if (this.stopping) return;
    }
    const left = await this.uow.readAsService('list mails of a batch', () =>
      this.overnight.listAway(batchId, firstId, 1),
    );
    if (left.length === 0) await this.commands.execute(new CloseBatch(batchId));
    this.dispatcher.ring();
  }

  private async bringBack(
    batchId: string,
    job: JobInBatch,
    outcome: BatchOutcome | undefined,
  ): Promise<void> {
    try {
      await runAsWork('settle mail of a batch', job, () => this.end(batchId, job, outcome));
    } catch (error) {
      // Cancelled while it was away, or settled by another worker: what came back is dropped.
      if (error instanceof DomainError && error.code === 'jobs.lease-lost') return;
      this.logger.warn({ err: error, batchId, jobId: job.id }, 'A mail of a batch was not settled this time');
    }
  }

  private async end(batchId: string, job: JobInBatch, result: BatchOutcome | undefined): Promise<void> {
    const { outcome = 'again', reasonCode = 'email.batch-result-missing', afterMs = 0 } = result ?? {};
    if (outcome === 'drafted') {
      const { userId, emailId } = job;
      const first = () => this.commands.execute(new KeepBatchAnswer(batchId, userId, emailId));
      await this.endings.done(job, { first });
    } else if (outcome === 'failed') await this.endings.abandon(job, 'failed', reasonCode);
    else {
      const lane = outcome === 'live' || job.rounds >= mostRounds ? 'now' : 'overnight';
      await this.uow.readAsService('queue a mail again', () =>
        this.overnight.comeBack(job, lane, reasonCode, afterMs),
      );
    }
  }
}
