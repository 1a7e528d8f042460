import {
  type BulkheadPolicy,
  bulkhead,
  circuitBreaker,
  type CircuitBreakerPolicy,
  CircuitState,
  CountBreaker,
  DelegateBackoff,
  handleWhen,
  retry,
  type RetryPolicy,
  TaskCancelledError,
  timeout,
  type TimeoutPolicy,
  TimeoutStrategy,
} from 'cockatiel';
import { DomainError } from '../errors/domain-error';
import { inSpan } from '../observability/spans';
import { isShed, toDomainError } from './policy-errors';
import { retryDelay } from './retry-delay';
import type { BreakerState, UpstreamOptions } from './upstream-options';

const stateNames: Record<CircuitState, BreakerState> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.HalfOpen]: 'half-open',
  [CircuitState.Open]: 'open',
  [CircuitState.Isolated]: 'open',
};

/** The signal stays quiet after a success: what was returned may still be reading its body. */
const untilSettled = { strategy: TimeoutStrategy.Aggressive, abortOnReturn: false };

/**
 * How one upstream is called: a deadline, in it retries, and for each attempt the circuit breaker, a place in the
 * bulkhead and a timeout. Vendor SDKs retry nothing themselves. One instance per upstream and process.
 */
export class UpstreamPolicy {
  private readonly deadline: TimeoutPolicy;
  private readonly retries: RetryPolicy;
  private readonly breaker: CircuitBreakerPolicy;
  private readonly places: BulkheadPolicy;
  private readonly timeout: TimeoutPolicy;

  constructor(private readonly options: UpstreamOptions) {
    this.deadline = timeout(options.deadlineMs, untilSettled);
    this.timeout = timeout(options.timeoutMs, untilSettled);
    this.places = bulkhead(options.bulkhead.concurrency, options.bulkhead.queue);
    this.breaker = this.createBreaker();
    this.retries = this.createRetries();
  }

  /** Whether calls pass, are tried one at a time, or are refused at once. */
  get breakerState(): BreakerState {
    return stateNames[this.breaker.state];
  }

  /**
   * Calls the upstream; `work` must hand the signal on, so that what timed out stops.
   * @throws DomainError as the vendor's parser made it, or, all `unavailable`: `<upstream>.timeout`,
   * `<upstream>.circuit-open`, `<upstream>.busy`.
   */
  run<T>(operation: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { upstream } = this.options;
    return inSpan(`${upstream} ${operation}`, { kind: 'client' }, () => this.runInTime(operation, work));
  }

  private async runInTime<T>(operation: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    try {
      return await this.deadline.execute(({ signal }) =>
        this.retries.execute(() => this.attempt(operation, work, signal), signal),
      );
    } catch (error) {
      throw toDomainError(error, this.options);
    }
  }

  private async attempt<T>(
    operation: string,
    work: (signal: AbortSignal) => Promise<T>,
    deadline: AbortSignal,
  ): Promise<T> {
    // Retries sleep through a deadline: waking up after it is no attempt, and no failure of the upstream.
    if (deadline.aborted) throw new TaskCancelledError();
    const start = performance.now();
    try {
      const result = await this.breaker.execute(() => this.callInPlace(work, deadline));
      this.report(operation, start, 'success');
      return result;
    } catch (error) {
      const domainError = toDomainError(error, this.options);
      this.report(operation, start, domainError.code);
      throw domainError;
    }
  }

  /** The breaker around it judges by the parsed error. */
  private async callInPlace<T>(work: (signal: AbortSignal) => Promise<T>, deadline: AbortSignal): Promise<T> {
    try {
      return await this.places.execute(
        () => this.timeout.execute(({ signal }) => work(signal), deadline),
        deadline,
      );
    } catch (error) {
      throw toDomainError(error, this.options);
    }
  }

  private createBreaker(): CircuitBreakerPolicy {
    const { size, threshold, minimumCalls, openMs } = this.options.breaker;
    const counter = new CountBreaker({ size, threshold, minimumNumberOfCalls: minimumCalls });
    // A refused input or a used-up quota is the upstream at work; only its absence opens the circuit.
    const isOutage = handleWhen(
      (error) =>
        error instanceof DomainError && error.kind === 'unavailable' && !isShed(error, this.options.upstream),
    );
    const breaker = circuitBreaker(isOutage, { breaker: counter, halfOpenAfter: openMs });
    const tell = (state: BreakerState) => this.options.onBreakerState?.(this.options.upstream, state, this);
    breaker.onStateChange((state) => tell(stateNames[state]));
    tell('closed');
    return breaker;
  }

  private createRetries(): RetryPolicy {
    const { attempts, maxRetryAfterMs } = this.options;
    const isWorthIt = handleWhen(
      (error) =>
        error instanceof DomainError &&
        error.retryable &&
        !isShed(error, this.options.upstream) &&
        (error.retryAfterMs ?? 0) <= maxRetryAfterMs,
    );
    const backoff = new DelegateBackoff<{ attempt: number; result: { error: Error } | { value: unknown } }>(
      ({ attempt, result }) =>
        'error' in result && result.error instanceof DomainError
          ? retryDelay(result.error, attempt, this.options, Math.random())
          : 0,
    );
    return retry(isWorthIt, { maxAttempts: attempts - 1, backoff });
  }

  private report(operation: string, start: number, outcome: string): void {
    const { upstream, onCall } = this.options;
    onCall?.({ upstream, operation, durationMs: performance.now() - start, outcome });
  }
}
