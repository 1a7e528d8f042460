import { type DomainEvent, Event } from '../../kernel/cqrs/domain-event';

/**
 * Somebody asked for a new password for this address, whether or not an account has it: who looks it up is the worker, so
 * that the caller cannot tell by the clock. The token is made when the mail is; it is never in an event.
 */
@Event('auth.password-reset-asked.v1')
export class PasswordResetAsked implements DomainEvent {
  readonly userId = null;

  constructor(readonly email: string) {}
}

/** A user is to show that mail to the account's address arrives. */
@Event('auth.email-verification-asked.v1', 'userId')
export class EmailVerificationAsked implements DomainEvent {
  constructor(readonly userId: string) {}
}
