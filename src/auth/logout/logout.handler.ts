import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { SessionRepository } from '../session.repository';

/** Ends the session it is called under; its access tokens stop working at once. */
export class Logout extends Command<void> {
  constructor(
    readonly userId: string,
    readonly sessionId: string,
  ) {
    super();
  }
}

@CommandHandler(Logout)
export class LogoutHandler implements ICommandHandler<Logout> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly sessions: SessionRepository,
    private readonly audit: AuditLog,
  ) {}

  async execute({ userId, sessionId }: Logout): Promise<void> {
    await this.uow.asUser(userId, async () => {
      await this.sessions.revoke(userId, sessionId, 'logout');
      await this.audit.record({
        action: 'auth.signed-out',
        targetType: 'session',
        targetId: sessionId,
        userId,
      });
    });
  }
}
