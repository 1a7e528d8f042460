import {
  Command,
  CommandHandler,
  type ICommandHandler,
  type IQueryHandler,
  QueryHandler,
} from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { IdentityProof } from '../access/identity-proof';
import { RequireRecentProof } from '../contracts';
import { SessionRepository } from '../session.repository';

/**
 * Proves again who sits at a session, so that dangerous acts are open to it for 10 minutes.
 * @throws DomainError `auth.wrong-password` (forbidden); `auth.too-many-attempts` (rate-limited).
 */
export class ConfirmIdentity extends Command<void> {
  constructor(
    readonly userId: string,
    readonly sessionId: string,
    readonly password: string,
  ) {
    super();
  }
}

@CommandHandler(ConfirmIdentity)
export class ConfirmIdentityHandler implements ICommandHandler<ConfirmIdentity> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly proof: IdentityProof,
    private readonly sessions: SessionRepository,
    private readonly audit: AuditLog,
  ) {}

  async execute({ userId, sessionId, password }: ConfirmIdentity): Promise<void> {
    await this.proof.prove(userId, sessionId, password);
    await this.uow.asService('note a proof of identity', async () => {
      await this.sessions.noteProof(userId, sessionId);
      await this.audit.record({
        action: 'auth.identity-confirmed',
        targetType: 'session',
        targetId: sessionId,
        userId,
      });
    });
  }
}

@QueryHandler(RequireRecentProof)
export class RequireRecentProofHandler implements IQueryHandler<RequireRecentProof> {
  constructor(private readonly proof: IdentityProof) {}

  execute({ userId, sessionId }: RequireRecentProof): Promise<void> {
    return this.proof.requireRecent(userId, sessionId);
  }
}
