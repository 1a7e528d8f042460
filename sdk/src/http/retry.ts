/** How a failed call is tried again. */
export interface RetryPolicy {
  /** Tries after the first one. Default 3; 0 switches retrying off. */
  retries: number;
  /** Milliseconds of the first pause, doubled from try to try. Default 250. */
  baseMs: number;
  /** Milliseconds that a pause lasts at most. A server that asks for more is not asked again. Default 30,000. */
  capMs: number;
}

export const defaultRetryPolicy: RetryPolicy = { retries: 3, baseMs: 250, capMs: 30_000 };

const passing = new Set([408, 429, 502, 503, 504]);

/**
 * Whether sending a request twice does what sending it once does: it only reads, or the server knows it by its key.
 * Everything else is sent once, for the first one may have been done though its answer was lost.
 */
export function isRepeatable(method: string, headers: Headers): boolean {
  return method === 'GET' || method === 'HEAD' || headers.has('idempotency-key');
}

/** Whether an answer tells of a fault that passes. A keyed twin under way (409) says so by its Retry-After. */
export function isPassing(status: number, retryAfterMs: number | null): boolean {
  return passing.has(status) || (status === 409 && retryAfterMs !== null);
}

/**
 * Milliseconds to wait before try number `attempt` (1 is the first repetition), or null to give up: full jitter over an
 * exponential pause, or never earlier than the server asked and up to a quarter later, so that a crowd does not return at once.
 */
export function pauseBefore(
  attempt: number,
  retryAfterMs: number | null,
  { retries, baseMs, capMs }: RetryPolicy,
  random: () => number = Math.random,
): number | null {
  if (attempt > retries) return null;
  if (retryAfterMs === null) return random() * Math.min(capMs, baseMs * 2 ** (attempt - 1));
  return retryAfterMs > capMs ? null : Math.min(capMs, retryAfterMs * (1 + random() / 4));
}
