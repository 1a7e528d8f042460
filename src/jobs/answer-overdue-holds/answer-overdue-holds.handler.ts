import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { HoldCredits, ReleaseCredits } from '../../billing/contracts';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { ProcessingJobsRepository } from '../processing-jobs.repository';

/** Renews the holds of mails that still have work before them, and gives the others back. */
export class AnswerOverdueHolds extends Command<void> {
  constructor(
    readonly userId: string,
    readonly emailIds: string[],
  ) {
    super();
  }
}

@CommandHandler(AnswerOverdueHolds)
export class AnswerOverdueHoldsHandler implements ICommandHandler<AnswerOverdueHolds> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly jobs: ProcessingJobsRepository,
    private readonly commands: CommandBus,
  ) {}

  execute({ userId, emailIds }: AnswerOverdueHolds): Promise<void> {
    const answer = async () => {
      const wanted = new Set(await this.jobs.lockWanted(emailIds));
      const unwanted = emailIds.filter((emailId) => !wanted.has(emailId));
      if (wanted.size > 0) await this.commands.execute(new HoldCredits(userId, [...wanted]));
      if (unwanted.length > 0)
        await this.commands.execute(new ReleaseCredits(userId, unwanted, 'jobs.hold-overdue'));
    };
    return this.uow.asService('answer overdue holds', answer, { repeated: true });
  }
}
