import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { SessionRepository } from '../session.repository';

/** Ends every session of the user, the one it is called under included. */
export class LogoutEverywhere extends Command<void> {
  constructor(readonly userId: string) {
    super();
  }
}

@CommandHandler(LogoutEverywhere)
export class LogoutEverywhereHandler implements ICommandHandler<LogoutEverywhere> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly sessions: SessionRepository,
  ) {}

  async execute({ userId }: LogoutEverywhere): Promise<void> {
    await this.uow.asUser(userId, () => this.sessions.revokeAll(userId, 'logout everywhere'));
  }
}
