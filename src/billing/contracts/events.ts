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
