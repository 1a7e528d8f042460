import { retryAfterOf } from '../problem';
import { defaultRetryPolicy, pauseBefore } from './retry';

describe('the pause before another try', () => {
  const policy = defaultRetryPolicy;

  it('grows with the tries, spread evenly from nothing to its most', () => {
    expect([1, 2, 3].map((attempt) => pauseBefore(attempt, null, policy, () => 1))).toEqual([
      250, 500, 1_000,
    ]);
    expect(pauseBefore(3, null, policy, () => 0)).toBe(0);
    expect(pauseBefore(20, null, { ...policy, retries: 50 }, () => 1)).toBe(policy.capMs);
  });

  // Mutant: jitter in both directions: half of the callers would come too early.
  it('is never shorter than what the server asked for, and a quarter longer at most', () => {
    expect(pauseBefore(1, 2_000, policy, () => 0)).toBe(2_000);
    expect(pauseBefore(1, 2_000, policy, () => 1)).toBe(2_500);
    expect(pauseBefore(1, policy.capMs, policy, () => 1)).toBe(policy.capMs);
  });

  it('is none after the last try, or when the server asks for more than the cap', () => {
    expect(pauseBefore(4, null, policy)).toBeNull();
    expect(pauseBefore(1, policy.capMs + 1, policy)).toBeNull();
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  it.each([
    ['7', 7_000],
    ['Thu, 01 Jan 2026 00:00:09 GMT', 9_000],
    ['Wed, 31 Dec 2025 23:00:00 GMT', 0],
    ['soon', null],
    ['', null],
  ])('%j is %p ms', (value, ms) => {
    expect(retryAfterOf(new Headers({ 'retry-after': value }), now)).toBe(ms);
  });
});
