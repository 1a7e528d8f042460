import { Logger } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { v7 as uuidv7 } from 'uuid';
import { PrepareMail, type PreparedMail, RecordBatch, SubmitBatch } from '../../email/contracts';
import { EnvDto } from '../../kernel/config/env.dto';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { runAsWork } from '../../kernel/observability/work-context';
import { SystemConfig } from '../../kernel/system-config/system-config';
import { Loop } from '../../kernel/worker/loop';
import { RunsInWorker, type WorkerTask } from '../../kernel/worker/worker-task';
import { JobEndings } from '../job-endings';
import { overnightEnabled, processingEnabled } from '../jobs.settings';
import { LeaseKeeper } from '../lease-keeper';
import { OvernightRepository } from '../overnight.repository';
import { type LeasedJob, ProcessingJobsRepository } from '../processing-jobs.repository';
import { BatchLoad } from './batch-load';

const idleMs = 2_000;

/**
 * Makes batches of what waits in the overnight lane. Mails are fetched and made ready in memory alone; the batch and the fence
 * of each of its mails are written before the vendor is asked, so that nothing is submitted that nobody would look for.
 */
@RunsInWorker()
export class SubmitBatches implements WorkerTask {
  private readonly logger = new Logger(SubmitBatches.name);
  private readonly loop: Loop;
  private stopping = false;

  constructor(
    private readonly env: EnvDto,
    private readonly uow: UnitOfWork,
    private readonly jobs: ProcessingJobsRepository,
    private readonly overnight: OvernightRepository,
    private readonly leases: LeaseKeeper,
    private readonly endings: JobEndings,
    private readonly commands: CommandBus,
    private readonly config: SystemConfig,
  ) {
    this.loop = new Loop(
      SubmitBatches.name,
      () => this.submitNext(),
      Math.min(idleMs, Math.max(100, env.BATCH_GATHER_MS)),
    );
  }

  start(): void {
    this.stopping = false;
    if (this.env.ENABLE_BACKGROUND_PROCESSING) this.loop.start();
  }

  /** What is being made ready goes back to the lane; nothing of it was submitted. */
  stop(): Promise<void> {
    this.stopping = true;
    return this.loop.stop();
  }

  /** One batch; answers whether there may be another at once. */
  async submitNext(): Promise<boolean> {
    const { BATCH_MAX_MAILS: limit, BATCH_GATHER_MS: gatherMs, JOB_LEASE_MS: leaseMs } = this.env;
    if (!this.config.get(processingEnabled)) return false;
    if (!this.config.get(overnightEnabled)) return this.closeLane();
    const jobs = await this.uow.asService('fill a batch', () =>
      this.overnight.claim(limit, gatherMs, leaseMs),
    );
    if (jobs.length === 0) return false;
    const tokens = jobs.map(({ leaseToken }) => leaseToken);
    await this.leases.keep('email', tokens, () => this.submit(jobs));
    return !this.stopping;
  }

  private async submit(jobs: LeasedJob[]): Promise<void> {
    const batchId = uuidv7();
    const load = new BatchLoad();
    const waiting = [...jobs];
    const loader = async (): Promise<void> => {
      for (let job = waiting.pop(); job; job = waiting.pop()) {
        if (this.stopping || load.isFull) load.leave(job);
        else await runAsWork('prepare mail', job, () => this.prepare(batchId, job, load));
      }
    };
    await Promise.all(Array.from({ length: this.env.WORKER_CONCURRENCY }, loader));
    if (this.stopping) load.leaveAll();
    await this.giveBack(load.left);
    const mails = await this.record(batchId, load);
    if (mails.length > 0) await this.commands.execute(new SubmitBatch(batchId, mails));
  }

  private async prepare(batchId: string, job: LeasedJob, load: BatchLoad): Promise<void> {
    try {
      const promised = load.promised(job.userId);
      const made = await this.commands.execute(new PrepareMail(job.userId, job.emailId, batchId, promised));
      if (made.outcome === 'prepared') load.add(job, made.mail);
      else if (made.outcome === 'drafted') await this.endings.done(job);
      else await this.endings.abandon(job, 'skipped', made.reasonCode);
    } catch (error) {
      await this.endings.settle(job, error);
    }
  }

  /** Mails that somebody cancelled while they were made ready do not go along. */
  private async record(batchId: string, load: BatchLoad): Promise<PreparedMail[]> {
    if (load.entries.length === 0) return [];
    return this.uow.asService('send a batch off', async () => {
      const tokens = load.entries.map(({ job }) => job.leaseToken);
      const entered = new Set(await this.overnight.enter(batchId, tokens));
      const mails = load.entries.flatMap(({ mail }) => (entered.has(mail.emailId) ? [mail] : []));
      if (mails.length > 0) await this.commands.execute(new RecordBatch(batchId, mails));
      return mails;
    });
  }

  private async giveBack(jobs: LeasedJob[]): Promise<void> {
    if (jobs.length === 0) return;
    await this.uow.asService('give mails back to their lane', () =>
      this.jobs.giveBack(jobs.map(({ leaseToken }) => leaseToken)),
    );
  }

  private async closeLane(): Promise<boolean> {
    const left = await this.uow.asService('close the overnight lane', () => this.overnight.leaveLane());
    if (left > 0) this.logger.log(`${left} mail(s) of the overnight lane are summarised at once`);
    return false;
  }
}
