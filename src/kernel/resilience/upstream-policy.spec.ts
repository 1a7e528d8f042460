import { DomainError, type DomainErrorDetails, type ErrorKind } from '../errors/domain-error';
import { retryDelay } from './retry-delay';
import { type UpstreamCall, upstreamDefaults, type UpstreamOptions } from './upstream-options';
import { UpstreamPolicy } from './upstream-policy';

const failure = (kind: ErrorKind, details?: DomainErrorDetails) =>
  new DomainError(kind, 'vendor.said-no', 'No.', details);
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function createPolicy(options: Partial<UpstreamOptions> = {}) {
  const calls: UpstreamCall[] = [];
  const states: string[] = [];
  const policy = new UpstreamPolicy({
    ...upstreamDefaults,
    upstream: 'vendor',
    baseDelayMs: 2,
    maxDelayMs: 5,
    parse: (error) => new DomainError('internal', 'vendor.parsed', String(error)),
    onCall: (call) => calls.push(call),
    onBreakerState: (_upstream, state) => states.push(state),
    ...options,
  });
  return { policy, calls, states };
}

/** Fails with each error in turn, then succeeds. */
function script(...errors: Error[]) {
  const work = jest.fn(() => {
    const error = errors.shift();
    return error ? Promise.reject(error) : Promise.resolve('done');
  });
  return work;
}

describe('UpstreamPolicy', () => {
  it('tries again what is worth it, and tells of every attempt', async () => {
    const { policy, calls } = createPolicy();
    const work = script(failure('unavailable'), failure('rate-limited'));
    await expect(policy.run('get', work)).resolves.toBe('done');
    expect(calls.map(({ outcome }) => outcome)).toEqual(['vendor.said-no', 'vendor.said-no', 'success']);
    expect(calls[0]).toMatchObject({ upstream: 'vendor', operation: 'get' });
    expect(calls[0]?.durationMs).toBeGreaterThanOrEqual(0);
  });

  it('gives up after the stated attempts with the last error', async () => {
    const { policy } = createPolicy({ attempts: 2 });
    const work = script(failure('unavailable'), failure('rate-limited'), failure('unavailable'));
    await expect(policy.run('get', work)).rejects.toMatchObject({ kind: 'rate-limited' });
    expect(work).toHaveBeenCalledTimes(2);
  });

  // Mutant: a retry of every error.
  it.each(['invalid', 'unauthenticated', 'not-found', 'internal'] as const)('tries %s once', async (kind) => {
    const { policy } = createPolicy();
    const work = script(failure(kind));
    await expect(policy.run('get', work)).rejects.toMatchObject({ kind });
    expect(work).toHaveBeenCalledTimes(1);
  });

  it("has the vendor's own errors parsed", async () => {
    const { policy } = createPolicy();
    await expect(policy.run('get', script(new Error('socket hang up')))).rejects.toMatchObject({
      code: 'vendor.parsed',
    });
  });

  it('waits as long as the upstream asked', async () => {
    const { policy } = createPolicy();
    const start = performance.now();
    await policy.run('get', script(failure('rate-limited', { retryAfterMs: 60 })));
    expect(performance.now() - start).toBeGreaterThanOrEqual(58);
  });

  // Mutant: a Retry-After cut to the cap, which comes back too early and is refused again.
  it('leaves a longer wait to the caller', async () => {
    const { policy } = createPolicy({ maxRetryAfterMs: 50 });
    const work = script(failure('rate-limited', { retryAfterMs: 60_000 }));
    await expect(policy.run('get', work)).rejects.toMatchObject({ retryAfterMs: 60_000 });
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('ends an attempt that takes too long, tells it so, and tries again', async () => {
    const { policy, calls } = createPolicy({ timeoutMs: 20, attempts: 2 });
    const signals: AbortSignal[] = [];
    const hang = (signal: AbortSignal) => {
      signals.push(signal);
      return new Promise<never>(() => undefined);
    };
    await expect(policy.run('get', hang)).rejects.toMatchObject({
      code: 'vendor.timeout',
      kind: 'unavailable',
    });
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
    expect(calls.map(({ outcome }) => outcome)).toEqual(['vendor.timeout', 'vendor.timeout']);
  });

  it('leaves the signal of a success alone', async () => {
    const { policy } = createPolicy();
    const signal = await policy.run('get', (given) => Promise.resolve(given));
    expect(signal.aborted).toBe(false);
  });

  // Mutant: attempts that wake up behind the deadline and count as failures of the upstream.
  it('ends everything at the deadline and attempts nothing after it', async () => {
    const { policy, calls } = createPolicy({ deadlineMs: 40, maxRetryAfterMs: 1_000 });
    const work = script(failure('unavailable', { retryAfterMs: 80 }));
    await expect(policy.run('get', work)).rejects.toMatchObject({ code: 'vendor.timeout' });
    await sleep(100);
    expect(work).toHaveBeenCalledTimes(1);
    expect(calls).toHaveLength(1);
  });

  describe('with its circuit breaker', () => {
    const breaker = { size: 4, threshold: 0.5, minimumCalls: 4, openMs: 40 };
    const fail = (policy: UpstreamPolicy, kind: ErrorKind = 'unavailable') =>
      policy.run('get', () => Promise.reject(failure(kind))).catch((error: unknown) => error);

    it('opens after enough failures, refuses without calling, and closes after a success', async () => {
      const { policy, states } = createPolicy({ attempts: 1, breaker });
      for (let call = 0; call < 4; call++) await fail(policy);
      expect(policy.breakerState).toBe('open');
      const work = script();
      await expect(policy.run('get', work)).rejects.toMatchObject({
        code: 'vendor.circuit-open',
        kind: 'unavailable',
        retryAfterMs: 40,
      });
      expect(work).not.toHaveBeenCalled();
      await sleep(50);
      await expect(policy.run('get', work)).resolves.toBe('done');
      expect(states).toEqual(['closed', 'open', 'half-open', 'closed']);
    });

    it('does not try again in the same call once it opened', async () => {
      const { policy, calls } = createPolicy({ attempts: 9, breaker });
      await fail(policy);
      expect(calls.map(({ outcome }) => outcome)).toEqual([
        ...Array.from({ length: 4 }, () => 'vendor.said-no'),
        'vendor.circuit-open',
      ]);
    });

    // Mutant: a breaker that counts every error; one bad input repeated would cut off everybody.
    it.each(['invalid', 'not-found', 'rate-limited'] as const)('stays closed over %s', async (kind) => {
      const { policy } = createPolicy({ attempts: 1, breaker });
      for (let call = 0; call < 8; call++) await fail(policy, kind);
      expect(policy.breakerState).toBe('closed');
    });
  });

  describe('with its bulkhead', () => {
    const bulkhead = { concurrency: 2, queue: 1 };

    it('runs no more at once than stated, lets some wait and refuses the rest', async () => {
      const { policy } = createPolicy({ bulkhead });
      let running = 0;
      let most = 0;
      const work = async () => {
        most = Math.max(most, ++running);
        await sleep(20);
        running--;
      };
      const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => policy.run('get', work)));
      expect(most).toBe(2);
      const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
      expect(refused).toHaveLength(2);
      expect(refused[0]?.reason).toMatchObject({ code: 'vendor.busy', kind: 'unavailable' });
    });

    it('does not blame the upstream for its own refusals', async () => {
      const breaker = { size: 4, threshold: 0.25, minimumCalls: 2, openMs: 1_000 };
      const { policy } = createPolicy({ bulkhead, breaker, attempts: 1 });
      await Promise.allSettled(Array.from({ length: 12 }, () => policy.run('get', () => sleep(10))));
      expect(policy.breakerState).toBe('closed');
    });
  });
});

describe('retryDelay', () => {
  const limits = { ...upstreamDefaults, baseDelayMs: 100, maxDelayMs: 1_000 };

  it('doubles up to its ceiling, within the upper half', () => {
    const at = (attempt: number, random: number) =>
      retryDelay(failure('unavailable'), attempt, limits, random);
    expect([at(1, 0), at(1, 1), at(2, 1), at(3, 1), at(9, 1)]).toEqual([50, 100, 200, 400, 1_000]);
  });

  it('never comes back before it was asked to', () => {
    expect(retryDelay(failure('rate-limited', { retryAfterMs: 3_000 }), 1, limits, 0)).toBe(3_000);
  });
});
