import { gaxios } from 'google-auth-library';
import { DomainError } from '../../kernel/errors/domain-error';

/**
 * What an error on the way to Google means: it said no to the code (final, the person signs in again), or it could not be
 * asked (worth a later try).
 */
export function parseSignInError(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  const status = error instanceof gaxios.GaxiosError ? (error.status ?? 0) : 0;
  if (status >= 400 && status < 500 && status !== 429)
    return new DomainError(
      'unauthenticated',
      'auth.google-refused',
      'Google refused this sign-in. Try again.',
      {
        cause: error,
      },
    );
  return new DomainError('unavailable', 'auth.google-unavailable', 'Google cannot be reached right now.', {
    cause: error,
  });
}
