import type { DomainError } from '../errors/domain-error';

export type BreakerState = 'closed' | 'half-open' | 'open';

/** One attempt at an upstream, told to whoever measures. */
export interface UpstreamCall {
  readonly upstream: string;
  readonly operation: string;
  readonly durationMs: number;
  /** `success`, or the error's code. */
  readonly outcome: string;
}

/** How hard an upstream is tried. All times in milliseconds. */
export interface UpstreamLimits {
  /** For one attempt. */
  readonly timeoutMs: number;
  /** For all attempts with the waits between them. */
  readonly deadlineMs: number;
  /** The first one included. */
  readonly attempts: number;
  /** Wait after the first failure; it doubles with each further one. */
  readonly baseDelayMs: number;
  readonly maxDelayMs: number;
  /** A Retry-After beyond this is not waited for here: the error goes to the caller, whose queue waits. */
  readonly maxRetryAfterMs: number;
  readonly breaker: {
    /** Last calls that are looked at. */
    readonly size: number;
    /** The circuit opens when a greater share of them failed, 0 to 1. */
    readonly threshold: number;
    readonly minimumCalls: number;
    /** How long the circuit stays open before one call may try. */
    readonly openMs: number;
  };
  readonly bulkhead: {
    /** Calls under way at once. */
    readonly concurrency: number;
    /** Calls that may wait for a place; one more is refused. */
    readonly queue: number;
  };
}

export interface UpstreamOptions extends UpstreamLimits {
  /** Prefix of the codes this policy throws: `google`, `stripe`, `anthropic`. */
  readonly upstream: string;
  /** The vendor's error parser: decides what is worth a retry. */
  readonly parse: (error: unknown) => DomainError;
  readonly onCall?: (call: UpstreamCall) => void;
  /** @param policy whose breaker it is: an upstream may have several. */
  readonly onBreakerState?: (upstream: string, state: BreakerState, policy: object) => void;
}

/** Figures that suit an ordinary HTTP API; a vendor states only what differs. */
export const upstreamDefaults: UpstreamLimits = {
  timeoutMs: 10_000,
  deadlineMs: 30_000,
  attempts: 3,
  baseDelayMs: 250,
  maxDelayMs: 5_000,
  maxRetryAfterMs: 10_000,
  breaker: { size: 20, threshold: 0.5, minimumCalls: 10, openMs: 15_000 },
  bulkhead: { concurrency: 20, queue: 100 },
};
