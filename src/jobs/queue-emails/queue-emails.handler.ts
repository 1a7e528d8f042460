import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { HoldCredits } from '../../billing/contracts';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { BackgroundJobsRepository } from '../background-jobs.repository';
import { DispatchWakeUp } from '../dispatch-jobs/dispatch-wake-up';
import { ProcessingJobsRepository } from '../processing-jobs.repository';

const overCap = 'jobs.over-run-cap';

/**
 * Makes a job of each discovered mail and queues as many, newest first, as the balance pays for; the rest waits. Beyond the run's
 * cap nothing is charged, now or later.
 */
export class QueueEmails extends Command<void> {
  constructor(
    readonly userId: string,
    readonly runId: string | null,
    readonly emailIds: string[],
  ) {
    super();
  }
}

@CommandHandler(QueueEmails)
export class QueueEmailsHandler implements ICommandHandler<QueueEmails> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly runs: BackgroundJobsRepository,
    private readonly jobs: ProcessingJobsRepository,
    private readonly commands: CommandBus,
    private readonly dispatcher: DispatchWakeUp,
  ) {}

  execute({ userId, runId, emailIds }: QueueEmails): Promise<void> {
    return this.uow.asService('queue discovered mails', async () => {
      const allowed = await this.leftOf(runId);
      const waiting = await this.jobs.add(userId, runId, emailIds);
      if (waiting.length > allowed) await this.jobs.cancelWaiting(waiting.splice(allowed), overCap);
      if (waiting.length === 0) return;
      await this.jobs.markQueued(await this.commands.execute(new HoldCredits(userId, waiting)));
      this.uow.afterCommit(() => this.dispatcher.ring());
    });
  }

  /** Credits that the run's cap leaves; its row stays locked until the batch is queued. */
  private async leftOf(runId: string | null): Promise<number> {
    const cap = runId === null ? null : await this.runs.lockCap(runId);
    if (runId === null || cap === null) return Number.POSITIVE_INFINITY;
    return Math.max(0, cap - (await this.jobs.countAdmitted(runId)));
  }
}
