import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { createRecoveryCodes, hashRecoveryCode } from '../domain/recovery-code';
import type { RecoveryCodesDto } from '../second-factor/code.dto';
import { SecondFactorRepository } from '../second-factor/second-factor.repository';
import { SecondFactors } from '../second-factor/second-factors';

/**
 * Turns the second factor on with a first code of the app, and answers the recovery codes.
 * @throws DomainError `auth.wrong-code` (unauthenticated); `auth.no-second-factor` (conflict) when none was begun, or it is
 * on already.
 */
export class ConfirmSecondFactor extends Command<RecoveryCodesDto> {
  constructor(
    readonly userId: string,
    readonly code: string,
  ) {
    super();
  }
}

@CommandHandler(ConfirmSecondFactor)
export class ConfirmSecondFactorHandler implements ICommandHandler<ConfirmSecondFactor> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly secondFactors: SecondFactors,
    private readonly factors: SecondFactorRepository,
    private readonly audit: AuditLog,
  ) {}

  async execute({ userId, code }: ConfirmSecondFactor): Promise<RecoveryCodesDto> {
    const factor = await this.uow.readAsService('confirm a second factor', () => this.factors.find(userId));
    if (!factor || factor.confirmedAt)
      throw new DomainError('conflict', 'auth.no-second-factor', 'There is no second factor to confirm.');
    await this.secondFactors.take(userId, factor.secret, code);
    const recoveryCodes = createRecoveryCodes();
    await this.uow.asService('confirm a second factor', async () => {
      await this.factors.confirm(userId);
      await this.factors.replaceRecoveryCodes(userId, recoveryCodes.map(hashRecoveryCode));
      await this.audit.record({
        action: 'auth.second-factor-enabled',
        targetType: 'user',
        targetId: userId,
        userId,
      });
    });
    return { recoveryCodes };
  }
}
