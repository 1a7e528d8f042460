import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { HoldCredits } from '../../billing/contracts';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DispatchWakeUp } from '../dispatch-jobs/dispatch-wake-up';
import { ProcessingJobsRepository } from '../processing-jobs.repository';

/** Makes a job of each discovered mail and queues as many, newest first, as the balance pays for; the rest waits. */
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
    private readonly jobs: ProcessingJobsRepository,
    private readonly commands: CommandBus,
    private readonly dispatcher: DispatchWakeUp,
  ) {}

  execute({ userId, runId, emailIds }: QueueEmails): Promise<void> {
    return this.uow.asService('queue discovered mails', async () => {
      const waiting = await this.jobs.add(userId, runId, emailIds);
      if (waiting.length === 0) return;
      await this.jobs.markQueued(await this.commands.execute(new HoldCredits(userId, waiting)));
      this.uow.afterCommit(() => this.dispatcher.ring());
    });
  }
}
