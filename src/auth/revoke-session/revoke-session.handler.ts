import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { SessionRepository } from '../session.repository';

/**
 * Ends one session of the user; it stops working at once.
 * @throws DomainError `auth.no-such-session` (not-found) when the user has no such live session.
 */
export class RevokeSession extends Command<void> {
  constructor(
    readonly userId: string,
    readonly sessionId: string,
  ) {
    super();
  }
}

@CommandHandler(RevokeSession)
export class RevokeSessionHandler implements ICommandHandler<RevokeSession> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly sessions: SessionRepository,
    private readonly audit: AuditLog,
  ) {}

  async execute({ userId, sessionId }: RevokeSession): Promise<void> {
    await this.uow.asUser(userId, async () => {
      if (!(await this.sessions.revoke(userId, sessionId, 'revoked by the user')))
        throw new DomainError('not-found', 'auth.no-such-session', 'There is no such session.');
      await this.audit.record({
        action: 'auth.session-revoked',
        targetType: 'session',
        targetId: sessionId,
        userId,
      });
    });
  }
}
