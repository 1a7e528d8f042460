import { type DomainEvent, Event } from '../../kernel/cqrs/domain-event';

/** An account exists from now on. */
@Event('auth.user-registered.v1', 'userId')
export class UserRegistered implements DomainEvent {
  constructor(
    readonly userId: string,
    readonly email: string,
  ) {}
}
