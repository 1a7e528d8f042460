import { BrokenCircuitError, BulkheadRejectedError, TaskCancelledError } from 'cockatiel';
import { DomainError } from '../errors/domain-error';
import type { UpstreamOptions } from './upstream-options';

/** Milliseconds after which a refused call may find a place. */
const busyRetryMs = 1_000;

/**
 * What a policy's own refusals and the vendor's errors are called outside of it. Classes decide:
 * cockatiel 3.2's `isTaskCancelledError` looks for another error's mark.
 */
export function toDomainError(error: unknown, { upstream, breaker, parse }: UpstreamOptions): DomainError {
  if (error instanceof DomainError) return error;
  if (error instanceof TaskCancelledError)
    return new DomainError('unavailable', `${upstream}.timeout`, `${upstream} took too long.`);
  if (error instanceof BulkheadRejectedError)
    return new DomainError(
      'unavailable',
      `${upstream}.busy`,
      `Too many calls to ${upstream} are under way.`,
      {
        retryAfterMs: busyRetryMs,
      },
    );
  if (error instanceof BrokenCircuitError)
    return new DomainError(
      'unavailable',
      `${upstream}.circuit-open`,
      `${upstream} is failing; calls are paused.`,
      {
        retryAfterMs: breaker.openMs,
      },
    );
  return parse(error);
}

/** Refused by the policy itself: the upstream never saw it, and trying again at once would defeat the refusal. */
export function isShed({ code }: DomainError, upstream: string): boolean {
  return code === `${upstream}.circuit-open` || code === `${upstream}.busy`;
}
