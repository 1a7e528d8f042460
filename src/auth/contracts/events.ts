import { type DomainEvent, Event } from '../../kernel/cqrs/domain-event';

/** An account exists from now on. */
@Event('auth.user-registered.v1', 'userId')
export class UserRegistered implements DomainEvent {
  constructor(readonly userId: string) {}
}

/**
 * An account is gone: nobody can sign in, and what auth knew of the person is gone with it. Whoever holds more (consents,
 * work under way, summaries, payment details) ends it now, and keeps only what the ledger must.
 */
@Event('auth.user-deleted.v1', 'userId')
export class UserDeleted implements DomainEvent {
  constructor(readonly userId: string) {}
}

/** An account was shut out: whoever works for it ends that now, and gives back what is held. */
@Event('auth.user-suspended.v1', 'userId')
export class UserSuspended implements DomainEvent {
  constructor(readonly userId: string) {}
}
