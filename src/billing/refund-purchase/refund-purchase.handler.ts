import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { v7 as uuidv7 } from 'uuid';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { Outbox } from '../../kernel/outbox/outbox';
import { RefundPurchase } from '../contracts';
import { LedgerRepository } from '../ledger.repository';
import { type Payment, PaymentsRepository } from '../payments.repository';
import { refundRequestPrefix } from '../settle-payment/reclaims';
import { RefundRequested } from './refund-requested.event';

/** Takes the credits first: between a look and a refund at Stripe they could be spent. */
@CommandHandler(RefundPurchase)
export class RefundPurchaseHandler implements ICommandHandler<RefundPurchase> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly payments: PaymentsRepository,
    private readonly ledger: LedgerRepository,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
  ) {}

  execute({ paymentId, adminId, reason }: RefundPurchase): Promise<void> {
    return this.uow.asService('refund a purchase', async () => {
      if (!(await this.payments.find(paymentId)))
        throw new DomainError('not-found', 'billing.payment-not-found', 'There is no such payment.');
      const payment = await this.payments.lock(paymentId);
      if (await this.isUnderWay(payment)) return;
      const { userId, amountMinor } = payment;
      const ref = refundRequestPrefix + uuidv7();
      await this.ledger.clawBack(userId, paymentId, ref, amountMinor, amountMinor);
      if (!(await this.ledger.isTakenBackWhole(paymentId)))
        throw new DomainError(
          'conflict',
          'billing.purchase-used',
          'Credits of this purchase were used already.',
        );
      await this.outbox.publish(new RefundRequested(userId, paymentId, ref));
      const changes = { reason, adminId, amountMinor, currency: payment.currency };
      const target = { targetType: 'payment', targetId: paymentId, userId };
      await this.audit.record({ action: 'billing.purchase-refunded', ...target, changes });
    });
  }

  private async isUnderWay({
    id,
    status,
    amountMinor,
    refundedMinor,
    disputedMinor,
  }: Payment): Promise<boolean> {
    if (refundedMinor === amountMinor) return true;
    if (status !== 'paid' || refundedMinor > 0 || disputedMinor > 0)
      throw new DomainError('conflict', 'billing.not-refundable', 'This payment cannot be refunded whole.');
    return (await this.ledger.liveClaims(id, refundRequestPrefix)).length > 0;
  }
}
