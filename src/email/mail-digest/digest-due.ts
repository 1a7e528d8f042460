import { type DomainEvent, Event } from '../../kernel/cqrs/domain-event';

/** A user's digest of a day has its row and wants to be sent. */
@Event('email.digest-due.v1', 'userId')
export class DigestDue implements DomainEvent {
  constructor(
    readonly userId: string,
    /** YYYY-MM-DD. */
    readonly day: string,
  ) {}
}
