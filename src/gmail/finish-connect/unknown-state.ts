import { DomainError } from '../../kernel/errors/domain-error';

export function unknownState(): DomainError {
  const message = 'This consent is unknown, used or has expired. Begin anew.';
  return new DomainError('invalid', 'gmail.state-unknown', message);
}
