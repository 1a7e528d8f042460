import { type DomainEvent, Event } from '../../kernel/cqrs/domain-event';

/** A purchase's credits are taken back; its money is to follow. Concerns this module alone. */
@Event('billing.refund-requested.v1', 'paymentId')
export class RefundRequested implements DomainEvent {
  constructor(
    readonly userId: string,
    readonly paymentId: string,
    /** The claim that took the credits. */
    readonly ref: string,
  ) {}
}
