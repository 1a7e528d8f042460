import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { AccountsRepository, type SavedPayer } from '../accounts.repository';
import { type Payment, PaymentsRepository } from '../payments.repository';
import { SettlePayment } from '../settle-payment/settle-payment.handler';
import { StripeClient } from '../stripe/stripe.client';
import { declineOf, stripeFailed } from '../stripe/stripe-error';

/** Charges the saved card for an automatic purchase, and settles it. Repeating it charges nothing twice. */
export class ChargeTopUp extends Command<void> {
  constructor(readonly payment: Payment) {
    super();
  }
}

@CommandHandler(ChargeTopUp)
export class ChargeTopUpHandler implements ICommandHandler<ChargeTopUp> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly accounts: AccountsRepository,
    private readonly payments: PaymentsRepository,
    private readonly stripe: StripeClient,
    private readonly commands: CommandBus,
    private readonly audit: AuditLog,
  ) {}

  async execute({ payment }: ChargeTopUp): Promise<void> {
    const payer = await this.uow.readAsService('find the payer', () => this.accounts.payer(payment.userId));
    const intentId = payer && (await this.charge(payment, payer));
    if (intentId) await this.commands.execute(new SettlePayment(payment.id, { intentId }));
    else await this.giveUp(payment, payer ? 'card_declined' : 'no_payment_method');
  }

  /** The intent that stands for the charge, declined ones included. */
  private async charge(payment: Payment, payer: SavedPayer): Promise<string | undefined> {
    try {
      const earlier =
        payment.keyGeneration > 0 ? await this.stripe.findIntentOf(payment.id, payer.customerId) : undefined;
      return earlier ?? (await this.stripe.chargeOffSession({ ...payment, ...payer, paymentId: payment.id }));
    } catch (error) {
      const decline = declineOf(error);
      if (decline) return decline.paymentIntentId;
      if (error instanceof DomainError && error.code === stripeFailed)
        await this.uow.asService('take another key', () =>
          this.payments.nextKeyGeneration(payment.id, payment.keyGeneration),
        );
      throw error;
    }
  }

  private giveUp({ id, userId }: Payment, code: string): Promise<void> {
    return this.uow.asService('give a top-up up', async () => {
      if (!(await this.payments.fail(id, code))) return;
      await this.accounts.noteTopUpProblem(userId, code);
      const target = { targetType: 'payment', targetId: id, userId };
      await this.audit.record({ action: 'billing.top-up-given-up', ...target, changes: { code } });
    });
  }
}
