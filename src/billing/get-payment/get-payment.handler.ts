import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DomainError } from '../../kernel/errors/domain-error';
import { PaymentsRepository } from '../payments.repository';
import type { PaymentDto } from './get-payment.dto';

/** One of a user's payments. @throws DomainError `billing.payment-not-found`, also for anybody else's. */
export class GetPayment extends Query<PaymentDto> {
  constructor(
    readonly userId: string,
    readonly paymentId: string,
  ) {
    super();
  }
}

@QueryHandler(GetPayment)
export class GetPaymentHandler implements IQueryHandler<GetPayment> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly payments: PaymentsRepository,
  ) {}

  async execute({ userId, paymentId }: GetPayment): Promise<PaymentDto> {
    const payment = await this.uow.readAsUser(userId, () => this.payments.find(paymentId));
    if (!payment)
      throw new DomainError('not-found', 'billing.payment-not-found', 'There is no such payment.');
    const { id, kind, packageId, credits, amountMinor, currency, status, failureCode } = payment;
    const { refundedMinor, disputedMinor, createdAt, paidAt } = payment;
    const checkoutUrl = status === 'open' ? payment.checkoutUrl : null;
    return {
      ...{ id, kind, packageId, credits, amountMinor, currency, status, failureCode },
      ...{ refundedMinor, disputedMinor, checkoutUrl, createdAt, paidAt },
    };
  }
}
