import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { createRecoveryCodes, hashRecoveryCode } from '../domain/recovery-code';
import type { RecoveryCodesDto } from '../second-factor/code.dto';
import { SecondFactorRepository } from '../second-factor/second-factor.repository';
import { SecondFactors } from '../second-factor/second-factors';

/**
 * Makes ten new recovery codes; the ones before stop working.
 * @throws DomainError `auth.wrong-code` (unauthenticated); `auth.no-second-factor` (conflict).
 */
export class RenewRecoveryCodes extends Command<RecoveryCodesDto> {
  constructor(
    readonly userId: string,
    readonly code: string,
  ) {
    super();
  }
}

@CommandHandler(RenewRecoveryCodes)
export class RenewRecoveryCodesHandler implements ICommandHandler<RenewRecoveryCodes> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly secondFactors: SecondFactors,
    private readonly factors: SecondFactorRepository,
    private readonly audit: AuditLog,
  ) {}

  async execute({ userId, code }: RenewRecoveryCodes): Promise<RecoveryCodesDto> {
    const factor = await this.uow.readAsService('renew recovery codes', () => this.factors.find(userId));
    if (!factor?.confirmedAt)
      throw new DomainError('conflict', 'auth.no-second-factor', 'Turn the second factor on first.');
    await this.secondFactors.take(userId, factor.secret, code);
    const recoveryCodes = createRecoveryCodes();
    await this.uow.asService('renew recovery codes', async () => {
      await this.factors.replaceRecoveryCodes(userId, recoveryCodes.map(hashRecoveryCode));
      await this.audit.record({
        action: 'auth.recovery-codes-renewed',
        targetType: 'user',
        targetId: userId,
        userId,
      });
    });
    return { recoveryCodes };
  }
}
