import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { IdentityProof } from '../access/identity-proof';
import { SecondFactorRepository } from '../second-factor/second-factor.repository';
import { SecondFactors } from '../second-factor/second-factors';

/**
 * Turns the second factor off, for who has both the password and a code; without one there is nothing to do.
 * @throws DomainError `auth.wrong-password`, `auth.recent-proof-needed` (forbidden); `auth.wrong-code` (unauthenticated).
 */
export class DisableSecondFactor extends Command<void> {
  constructor(
    readonly userId: string,
    readonly sessionId: string,
    readonly password: string | undefined,
    readonly code: string,
  ) {
    super();
  }
}

@CommandHandler(DisableSecondFactor)
export class DisableSecondFactorHandler implements ICommandHandler<DisableSecondFactor> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly proof: IdentityProof,
    private readonly secondFactors: SecondFactors,
    private readonly factors: SecondFactorRepository,
    private readonly audit: AuditLog,
  ) {}

  async execute({ userId, sessionId, password, code }: DisableSecondFactor): Promise<void> {
    await this.proof.prove(userId, sessionId, password);
    await this.secondFactors.check(userId, code);
    await this.uow.asService('disable a second factor', async () => {
      await this.factors.remove(userId);
      await this.audit.record({
        action: 'auth.second-factor-disabled',
        targetType: 'user',
        targetId: userId,
        userId,
      });
    });
  }
}
