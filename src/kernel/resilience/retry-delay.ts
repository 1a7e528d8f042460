import type { DomainError } from '../errors/domain-error';
import type { UpstreamLimits } from './upstream-options';

/**
 * Milliseconds to wait before the next attempt: what the upstream asked for, else exponential, each with jitter so that
 * callers who failed together do not come back together.
 * @param attempt 1 after the first failure. @param random between 0 and 1.
 */
export function retryDelay(
  error: DomainError,
  attempt: number,
  limits: UpstreamLimits,
  random: number,
): number {
  if (error.retryAfterMs !== undefined) return error.retryAfterMs + random * limits.baseDelayMs;
  const ceiling = Math.min(limits.maxDelayMs, limits.baseDelayMs * 2 ** (attempt - 1));
  return ceiling / 2 + (random * ceiling) / 2;
}
