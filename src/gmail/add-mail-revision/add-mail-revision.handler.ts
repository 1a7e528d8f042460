import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { AddMailRevision, type MailRevision } from '../contracts/commands';
import { notConnected } from '../domain/not-connected';
import { GmailRepository } from '../gmail.repository';
import { RevisionsRepository } from '../revisions.repository';

@CommandHandler(AddMailRevision)
export class AddMailRevisionHandler implements ICommandHandler<AddMailRevision> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly revisions: RevisionsRepository,
    private readonly connections: GmailRepository,
  ) {}

  execute({ userId, emailId }: AddMailRevision): Promise<MailRevision> {
    return this.uow.asService('add a revision of a mail', async () => {
      const message = await this.revisions.lock(userId, emailId);
      const connection = message && (await this.connections.find(userId, message.connectionId));
      if (!connection) throw new DomainError('not-found', 'gmail.email-unknown', 'There is no such mail');
      if (connection.status !== 'connected') throw notConnected(connection.status);
      const earlier = await this.revisions.list(message.firstId);
      return { emailId: await this.revisions.add(message.firstId, earlier.length + 1), earlier };
    });
  }
}
