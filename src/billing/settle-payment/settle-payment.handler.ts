import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { type PaymentFacts, settledStatus } from '../domain/settlement';
import { PaymentsRepository } from '../payments.repository';
import { StripeClient } from '../stripe/stripe.client';
import { Fulfilment } from './fulfilment';
import { Reclaims } from './reclaims';

/** Stripe's ids, where an event named them before our row knew them. */
export interface PaymentHints {
  sessionId?: string;
  intentId?: string;
}

/**
 * Brings a payment to what Stripe says of it now: its status, its grant (once, and only for money that arrived), and what
 * refunds and disputes took back or gave back. Every event ends here, so their order, number and age do not matter.
 */
export class SettlePayment extends Command<void> {
  constructor(
    readonly paymentId: string,
    readonly hints: PaymentHints = {},
  ) {
    super();
  }
}

@CommandHandler(SettlePayment)
export class SettlePaymentHandler implements ICommandHandler<SettlePayment> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly payments: PaymentsRepository,
    private readonly stripe: StripeClient,
    private readonly fulfilment: Fulfilment,
    private readonly reclaims: Reclaims,
    private readonly audit: AuditLog,
  ) {}

  async execute({ paymentId, hints }: SettlePayment): Promise<void> {
    const payment = await this.uow.readAsService('look at a payment', () => this.payments.find(paymentId));
    if (!payment) return;
    const sessionId = payment.checkoutSessionId ?? hints.sessionId ?? null;
    const facts = await this.stripe.factsOf(sessionId, payment.paymentIntentId ?? hints.intentId ?? null);
    await this.uow.asService('settle a payment', () => this.settle(paymentId, facts));
  }

  private async settle(paymentId: string, facts: PaymentFacts): Promise<void> {
    const before = await this.payments.lock(paymentId);
    const status = settledStatus(before, facts);
    const after = {
      ...before,
      status,
      checkoutSessionId: before.checkoutSessionId ?? facts.session?.id ?? null,
      paymentIntentId: facts.intent?.id ?? before.paymentIntentId,
      paidAt: status === 'paid' ? (before.paidAt ?? new Date()) : null,
      failureCode:
        status === 'failed' ? (facts.intent?.failureCode ?? before.failureCode ?? 'declined') : null,
    };
    const { checkoutSessionId, paymentIntentId, paidAt, failureCode } = after;
    await this.payments.settle(paymentId, {
      status,
      checkoutSessionId,
      paymentIntentId,
      paidAt,
      failureCode,
    });
    if (status !== before.status) await this.fulfilment.follow(after, facts.intent?.saved ?? null);
    const reclaimed = await this.reclaims.apply(after, facts.reclaims);
    if (status === before.status && reclaimed.length === 0) return;
    const target = { targetType: 'payment', targetId: paymentId, userId: before.userId };
    const changes = { from: before.status, to: status, reclaimed };
    await this.audit.record({ action: 'billing.payment-settled', ...target, changes });
  }
}
