import { Command, Query } from '@nestjs/cqrs';

/** A purchase as an administrator sees it. Amounts in minor currency units. */
export interface PaymentView {
  id: string;
  userId: string;
  kind: string;
  status: string;
  failureCode: string | null;
  packageId: string;
  credits: number;
  amountMinor: number;
  refundedMinor: number;
  disputedMinor: number;
  currency: string;
  checkoutSessionId: string | null;
  paymentIntentId: string | null;
  createdAt: Date;
  paidAt: Date | null;
}

export interface PaymentFilter {
  userId?: string;
  status?: string;
  /** Our id of the payment, or Stripe's of its session or intent. */
  id?: string;
}

/** Purchases, the newest first, below the id `before`. */
export class FindPayments extends Query<PaymentView[]> {
  constructor(
    readonly filter: PaymentFilter,
    readonly limit: number,
    readonly before?: string,
  ) {
    super();
  }
}

/** A Stripe event and what became of it. */
export interface StripeEventView {
  id: string;
  type: string;
  objectId: string | null;
  attempts: number;
  outcome: string | null;
  lastError: string | null;
  receivedAt: Date;
  processedAt: Date | null;
}

/** Stripe's events, the last received first; `id` is the event's own or its object's. */
export class FindStripeEvents extends Query<StripeEventView[]> {
  constructor(
    readonly filter: { id?: string; type?: string; open?: boolean },
    readonly limit: number,
    readonly before?: string,
  ) {
    super();
  }
}

/**
 * Acts upon a stored Stripe event once more; what it brought about already stays as it is.
 * @throws DomainError `billing.event-not-found`; `billing.event-emptied` (gone) when its payer was forgotten.
 */
export class ReplayStripeEvent extends Command<void> {
  constructor(
    readonly eventId: string,
    readonly reason: string,
  ) {
    super();
  }
}

/** What was taken on a day (UTC) in one currency, refunds taken off, in minor units. */
export interface RevenueDay {
  day: string;
  currency: string;
  amountMinor: number;
}

export class ListRevenueDays extends Query<RevenueDay[]> {
  constructor(
    readonly from: string,
    readonly to: string,
  ) {
    super();
  }
}
