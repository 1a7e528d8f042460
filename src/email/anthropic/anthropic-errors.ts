import {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
  APIUserAbortError,
} from '@anthropic-ai/sdk';
import { DomainError } from '../../kernel/errors/domain-error';

type ApiFault = APIError<number | undefined, Headers | undefined, object | undefined>;

/** Milliseconds to stay away when the account's spend limit is reached: only its owner can lift it. */
const spendLimitPauseMs = 600_000;

/**
 * Sorts what the SDK threw into what a worker can act on: 429 and 529 come back later, a reached spend limit much later,
 * a request that is itself wrong never. Error classes as Anthropic's API reference lists them.
 */
export function parseAnthropicError(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  if (error instanceof APIConnectionTimeoutError)
    return new DomainError('unavailable', 'email.timeout', 'The model took too long', { cause: error });
  if (error instanceof APIUserAbortError || error instanceof APIConnectionError)
    return new DomainError('unavailable', 'email.model-unreachable', 'The model could not be reached', {
      cause: error,
    });
  if (!isApiError(error))
    return new DomainError('internal', 'email.unexpected', 'The model call failed unexpectedly', {
      cause: error,
    });
  const retryAfterMs = retryAfter(error);
  const details = { cause: error, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  const { status } = error;
  if (status === 429 && isSpendLimit(error))
    return new DomainError(
      'unavailable',
      'email.spend-limit',
      'The spend limit of the model account is reached',
      {
        cause: error,
        retryAfterMs: spendLimitPauseMs,
      },
    );
  if (status === 429)
    return new DomainError('rate-limited', 'email.rate-limited', 'The model is rate limited', details);
  if (status === 529)
    return new DomainError('unavailable', 'email.overloaded', 'The model is overloaded', details);
  if (status === undefined || status >= 500 || status === 408)
    return new DomainError('unavailable', 'email.model-failed', 'The model failed', details);
  if (status === 413)
    return new DomainError('unprocessable', 'email.too-long', 'The mail is too long for the model', details);
  if (status === 401 || status === 403)
    return new DomainError(
      'unavailable',
      'email.model-refused-key',
      'The model refused the API key',
      details,
    );
  return new DomainError('unprocessable', 'email.bad-request', 'The model refused the request', details);
}

function isApiError(error: unknown): error is ApiFault {
  return error instanceof APIError;
}

function isSpendLimit(error: ApiFault): boolean {
  return JSON.stringify(error.error ?? '').includes('spend_limit') && retryAfter(error) === undefined;
}

/** Milliseconds from `retry-after` (seconds or a date); undefined when there is none. */
function retryAfter(error: ApiFault): number | undefined {
  const header = error.headers?.get('retry-after');
  if (!header) return undefined;
  const ms = /^\d+(\.\d+)?$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, Math.round(ms)) : undefined;
}
