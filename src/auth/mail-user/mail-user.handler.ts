import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { AuthRepository } from '../auth.repository';
import { MailUser } from '../contracts';
import { Mailer } from '../mail/mailer';

@CommandHandler(MailUser)
export class MailUserHandler implements ICommandHandler<MailUser> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly users: AuthRepository,
    private readonly mailer: Mailer,
  ) {}

  async execute({ userId, letter }: MailUser): Promise<void> {
    const user = await this.uow.readAsService('look up an address', () => this.users.findCredentials(userId));
    if (user?.status !== 'active' || !user.emailVerifiedAt) return;
    await this.mailer.send({ to: user.email, ...letter });
  }
}
