import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
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
    private readonly audit: AuditLog,
  ) {}

  async execute({ userId }: LogoutEverywhere): Promise<void> {
    await this.uow.asUser(userId, async () => {
      const sessions = await this.sessions.revokeAll(userId, 'logout everywhere');
      await this.audit.record({ action: 'auth.signed-out-everywhere', userId, changes: { sessions } });
    });
  }
}
