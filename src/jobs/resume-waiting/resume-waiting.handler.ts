import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { HoldCredits } from '../../billing/contracts';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DispatchWakeUp } from '../dispatch-jobs/dispatch-wake-up';
import { ProcessingJobsRepository } from '../processing-jobs.repository';
import { RunEndings } from '../run-endings';

const batchSize = 500;

/** Queues a user's waiting mails, newest first, for as long as the balance pays. */
export class ResumeWaiting extends Command<void> {
  constructor(readonly userId: string) {
    super();
  }
}

@CommandHandler(ResumeWaiting)
export class ResumeWaitingHandler implements ICommandHandler<ResumeWaiting> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly jobs: ProcessingJobsRepository,
    private readonly endings: RunEndings,
    private readonly commands: CommandBus,
    private readonly dispatcher: DispatchWakeUp,
  ) {}

  async execute({ userId }: ResumeWaiting): Promise<void> {
    while (await this.resumeBatch(userId));
  }

  /** True when a whole batch was paid for, so that there may be more. */
  private resumeBatch(userId: string): Promise<boolean> {
    const resume = async () => {
      const waiting = await this.jobs.lockWaiting(userId, batchSize);
      if (waiting.length === 0) return false;
      await this.endings.lockRunsOf(waiting);
      const held = await this.commands.execute(new HoldCredits(userId, waiting));
      await this.jobs.markQueued(held);
      this.uow.afterCommit(() => this.dispatcher.ring());
      return held.length === batchSize;
    };
    return this.uow.asService('resume waiting mails', resume, { repeated: true });
  }
}
