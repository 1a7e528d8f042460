import type { PreparedMail, Promised } from '../../email/contracts';
import type { LeasedJob } from '../processing-jobs.repository';

/** Bytes of one batch at most: a quarter of what the vendor takes, and what a worker has memory for. */
const mostBytes = 64 * 1024 * 1024;

/** The mails that a batch is being filled with, in memory alone, and the jobs that have to wait for another. */
export class BatchLoad {
  readonly entries: { job: LeasedJob; mail: PreparedMail }[] = [];
  readonly left: LeasedJob[] = [];
  private bytes = 0;
  private readonly costs = new Map<string, number>();
  private cost = 0;

  get isFull(): boolean {
    return this.bytes >= mostBytes;
  }

  add(job: LeasedJob, mail: PreparedMail): void {
    this.entries.push({ job, mail });
    this.bytes += mail.bytes;
    this.cost += mail.estimateMicros;
    this.costs.set(job.userId, (this.costs.get(job.userId) ?? 0) + mail.estimateMicros);
  }

  leave(job: LeasedJob): void {
    this.left.push(job);
  }

  /** Nothing of this goes out. */
  leaveAll(): void {
    for (const { job } of this.entries.splice(0)) this.left.push(job);
  }

  /** What the mails in it may cost, for caps that count what is recorded. */
  promised(userId: string): Promised {
    return { user: this.costs.get(userId) ?? 0, everyone: this.cost };
  }
}
