import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { BatchesRepository } from '../batches.repository';
import { EmailRepository } from '../email.repository';

/** Takes everything personal out of a user's summaries; that they exist stays, since the ledger charged for them. */
export class ForgetUser extends Command<void> {
  constructor(readonly userId: string) {
    super();
  }
}

@CommandHandler(ForgetUser)
export class ForgetUserHandler implements ICommandHandler<ForgetUser> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: EmailRepository,
    private readonly batches: BatchesRepository,
  ) {}

  execute({ userId }: ForgetUser): Promise<void> {
    return this.uow.asService('forget a user', async () => {
      await this.repository.anonymise(userId);
      await this.batches.forget(userId);
    });
  }
}
