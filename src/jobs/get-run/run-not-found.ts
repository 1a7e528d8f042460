import { DomainError } from '../../kernel/errors/domain-error';

/** The same answer for a run that does not exist and for one of somebody else. */
export function runNotFound(): DomainError {
  return new DomainError('not-found', 'jobs.run-not-found', 'No such run');
}
