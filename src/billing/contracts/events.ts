import { type DomainEvent, Event } from '../../kernel/cqrs/domain-event';

/** Credits became available: bought, granted or given back. Waiting work may go on. */
@Event('billing.credits-added.v1', 'userId')
export class CreditsAdded implements DomainEvent {
  constructor(
    readonly userId: string,
    readonly credits: number,
    /** purchase, welcome, promotion, adjustment or reversal. */
    readonly source: string,
  ) {}
}

/** A refund or a dispute took credits of a purchase back; the balance may be below zero now. */
@Event('billing.credits-taken-back.v1', 'userId')
export class CreditsTakenBack implements DomainEvent {
  constructor(
    readonly userId: string,
    readonly credits: number,
    readonly paymentId: string,
  ) {}
}

/** The available balance fell to the user's threshold; said once until credits are added. */
@Event('billing.credits-low.v1', 'userId')
export class CreditsLow implements DomainEvent {
  constructor(
    readonly userId: string,
    readonly available: number,
  ) {}
}

/** A payment will not come. `authentication_required` means that only the payer can complete an automatic one. */
@Event('billing.payment-failed.v1', 'paymentId')
export class PaymentFailed implements DomainEvent {
  constructor(
    readonly userId: string,
    readonly paymentId: string,
    readonly kind: 'checkout' | 'auto_top_up',
    readonly failureCode: string,
  ) {}
}

/**
 * Nobody has renewed or ended these holds in their time. Who asked for them answers each with `HoldCredits` (still
 * wanted) or `ReleaseCredits` (not any more).
 */
@Event('billing.holds-overdue.v1', 'userId')
export class HoldsOverdue implements DomainEvent {
  constructor(
    readonly userId: string,
    readonly emailIds: string[],
  ) {}
}
