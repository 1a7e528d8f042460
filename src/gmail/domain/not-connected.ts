import { DomainError } from '../../kernel/errors/domain-error';

/** Why a mailbox that is not connected cannot be read now. */
export function notConnected(status: string): DomainError {
  return status === 'needs_reauth'
    ? new DomainError('conflict', 'gmail.needs-reauth', 'The mailbox must be connected again')
    : new DomainError('conflict', 'gmail.not-connected', `The mailbox is ${status}`);
}
