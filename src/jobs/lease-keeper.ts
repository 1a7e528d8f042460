import { CommandBus } from '@nestjs/cqrs';
import { StopWalk } from '../gmail/contracts';
import { EnvDto } from '../kernel/config/env.dto';
import { UnitOfWork } from '../kernel/database/unit-of-work';
import { Loop } from '../kernel/worker/loop';
import { RunsInWorker, type WorkerTask } from '../kernel/worker/worker-task';
import { BackgroundJobsRepository } from './background-jobs.repository';
import { ProcessingJobsRepository } from './processing-jobs.repository';

/**
 * Renews the leases of what this process works on, in one statement per table, three times per lease, and hands them back when a
 * stop cannot wait for the work.
 */
@RunsInWorker()
export class LeaseKeeper implements WorkerTask {
  private readonly emailLeases = new Set<string>();
  private readonly syncLeases = new Set<string>();
  private readonly loop: Loop;

  constructor(
    private readonly env: EnvDto,
    private readonly uow: UnitOfWork,
    private readonly emails: ProcessingJobsRepository,
    private readonly syncs: BackgroundJobsRepository,
    private readonly commands: CommandBus,
  ) {
    this.loop = new Loop(LeaseKeeper.name, () => this.renew(), Math.round(env.JOB_LEASE_MS / 3));
  }

  /** Runs `work` with its leases kept alive. */
  async keep<T>(kind: 'email' | 'sync', leaseTokens: string[], work: () => Promise<T>): Promise<T> {
    const leases = kind === 'email' ? this.emailLeases : this.syncLeases;
    for (const leaseToken of leaseTokens) leases.add(leaseToken);
    try {
      return await work();
    } finally {
      for (const leaseToken of leaseTokens) leases.delete(leaseToken);
    }
  }

  start(): void {
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  /** Another worker may take this work at once; what this process still finishes of it is refused by the leases' fence. */
  async handBack(): Promise<void> {
    await this.uow.asService('hand leases back', async () => {
      await this.emails.giveBack([...this.emailLeases]);
      for (const { userId, connectionId } of await this.syncs.giveBack([...this.syncLeases]))
        await this.commands.execute(new StopWalk(userId, connectionId));
    });
  }

  private async renew(): Promise<boolean> {
    const { JOB_LEASE_MS } = this.env;
    await this.uow.readAsService('renew leases', async () => {
      if (this.emailLeases.size > 0) await this.emails.renewLeases([...this.emailLeases], JOB_LEASE_MS);
      if (this.syncLeases.size > 0) await this.syncs.renewLeases([...this.syncLeases], JOB_LEASE_MS);
    });
    return false;
  }
}
