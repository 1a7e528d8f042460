import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { Outbox } from '../../kernel/outbox/outbox';
import { CreditsAdded } from '../contracts';
import { LedgerRepository } from '../ledger.repository';
import { PaymentsRepository } from '../payments.repository';
import { SettlePayment } from '../settle-payment/settle-payment.handler';
import { StripeClient } from '../stripe/stripe.client';

/** Refunds the money at Stripe, once; when Stripe refuses for good, the credits come back. */
export class PayBack extends Command<void> {
  constructor(
    readonly paymentId: string,
    readonly ref: string,
  ) {
    super();
  }
}

@CommandHandler(PayBack)
export class PayBackHandler implements ICommandHandler<PayBack> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly payments: PaymentsRepository,
    private readonly ledger: LedgerRepository,
    private readonly outbox: Outbox,
    private readonly stripe: StripeClient,
    private readonly commands: CommandBus,
    private readonly audit: AuditLog,
  ) {}

  async execute({ paymentId, ref }: PayBack): Promise<void> {
    const payment = await this.uow.readAsService('look at a payment', () => this.payments.find(paymentId));
    if (!payment?.paymentIntentId) return;
    try {
      await this.stripe.refund(paymentId, ref, payment.paymentIntentId);
    } catch (error) {
      if (!(error instanceof DomainError) || error.retryable) throw error;
      await this.giveUp(payment.userId, paymentId, ref);
    }
    await this.commands.execute(new SettlePayment(paymentId));
  }

  private giveUp(userId: string, paymentId: string, ref: string): Promise<void> {
    return this.uow.asService('give a refund up', async () => {
      const credits = await this.ledger.reverseClawBack(userId, paymentId, ref);
      if (credits === 0) return;
      await this.outbox.publish(new CreditsAdded(userId, credits, 'reversal'));
      const target = { targetType: 'payment', targetId: paymentId, userId };
      await this.audit.record({ action: 'billing.refund-given-up', ...target, changes: { credits } });
    });
  }
}
