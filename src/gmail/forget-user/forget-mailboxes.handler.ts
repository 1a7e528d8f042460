import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DisconnectGmail } from '../disconnect-gmail/disconnect-gmail.handler';
import { GmailRepository } from '../gmail.repository';

/** Ends every connection of a deleted account, at Google too, and takes the mailboxes' names out of their rows. */
export class ForgetMailboxes extends Command<void> {
  constructor(readonly userId: string) {
    super();
  }
}

@CommandHandler(ForgetMailboxes)
export class ForgetMailboxesHandler implements ICommandHandler<ForgetMailboxes> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: GmailRepository,
    private readonly commands: CommandBus,
  ) {}

  async execute({ userId }: ForgetMailboxes): Promise<void> {
    const mailboxes = await this.uow.readAsService('forget a user', () => this.repository.list(userId));
    for (const { id } of mailboxes) await this.commands.execute(new DisconnectGmail(userId, id));
    await this.uow.asService('forget a user', () => this.repository.anonymise(userId));
  }
}
