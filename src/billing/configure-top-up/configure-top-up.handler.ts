import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { assertUnchanged, type EditCondition } from '../../kernel/http/conditional/edit-version';
import { Outbox } from '../../kernel/outbox/outbox';
import { SystemConfig } from '../../kernel/system-config/system-config';
import { AccountsRepository, type TopUpSettings } from '../accounts.repository';
import { packagesForSale } from '../billing.settings';
import { CreditsLow } from '../contracts';
import { type ConfigureTopUpDto, editableOfTopUp } from './configure-top-up.dto';

/**
 * Stores how a user wants to be kept in credits. A balance that is low already counts at once.
 * @throws DomainError `billing.unknown-package`, `billing.no-payment-method` (conflict), `request.precondition-failed`.
 */
export class ConfigureTopUp extends Command<TopUpSettings> {
  constructor(
    readonly userId: string,
    readonly wish: ConfigureTopUpDto,
    readonly condition?: EditCondition,
  ) {
    super();
  }
}

@CommandHandler(ConfigureTopUp)
export class ConfigureTopUpHandler implements ICommandHandler<ConfigureTopUp> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly accounts: AccountsRepository,
    private readonly outbox: Outbox,
    private readonly config: SystemConfig,
    private readonly audit: AuditLog,
  ) {}

  execute({ userId, wish, condition }: ConfigureTopUp): Promise<TopUpSettings> {
    return this.uow.asService('configure a top-up', async () => {
      await this.accounts.lock(userId);
      const before = await this.accounts.topUp(userId);
      assertUnchanged(condition, editableOfTopUp(before));
      const after = {
        enabled: wish.enabled,
        packageId: wish.packageId ?? before.packageId,
        threshold: wish.threshold ?? before.threshold,
        dailyCap: wish.dailyCap ?? before.dailyCap,
      };
      if (after.enabled) this.check(after.packageId, before.hasPaymentMethod);
      await this.accounts.configureTopUp(userId, after);
      const target = { targetType: 'user', targetId: userId, userId };
      await this.audit.record({ action: 'billing.top-up-configured', ...target, changes: after });
      const low = await this.accounts.noteLowBalance(userId);
      if (low !== undefined) await this.outbox.publish(new CreditsLow(userId, low));
      return this.accounts.topUp(userId);
    });
  }

  private check(packageId: string | null, hasPaymentMethod: boolean): void {
    if (!this.config.get(packagesForSale).some(({ id }) => id === packageId))
      throw new DomainError('unprocessable', 'billing.unknown-package', 'There is no such package.');
    if (!hasPaymentMethod)
      throw new DomainError('conflict', 'billing.no-payment-method', 'Buy once and save the card for it.');
  }
}
