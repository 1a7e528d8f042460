import { DomainError } from '../../kernel/errors/domain-error';

/** The same answer for a job that does not exist and for one of somebody else. */
export function jobNotFound(): DomainError {
  return new DomainError('not-found', 'jobs.job-not-found', 'No such job');
}
