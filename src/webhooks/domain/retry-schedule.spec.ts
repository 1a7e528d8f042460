import { testEnv } from '../../../test/support/env';
import { retryAfterSeconds, retryDelayMs } from './retry-schedule';

const schedule = testEnv('postgres://nowhere/x').WEBHOOK_RETRY_SECONDS;
const middle = 0.5;

describe('the wait before the next attempt', () => {
  it('makes ten attempts over three days, each wait longer than the one before', () => {
    const waits = Array.from({ length: 10 }, (_, tries) =>
      retryDelayMs(tries + 1, schedule, undefined, middle),
    );
    expect(waits.pop()).toBeUndefined();
    expect(waits).toEqual([...waits].sort((a, b) => Number(a) - Number(b)));
    const days = waits.reduce<number>((sum, wait) => sum + (wait ?? 0), 0) / 86_400_000;
    expect(days).toBeGreaterThan(2.9);
    expect(days).toBeLessThan(3.05);
  });

  // Mutant: no jitter, so that whoever failed together comes back together.
  it('differs by up to a tenth either way', () => {
    expect(retryDelayMs(2, schedule, undefined, 0)).toBe(270_000);
    expect(retryDelayMs(2, schedule, undefined, 1)).toBe(330_000);
  });

  // Mutants: Retry-After ignored; obeyed without a bound; used to come back sooner.
  it.each([
    [600, 600_000],
    [1, 300_000],
    [10_000_000, 86_400_000],
  ])('asked for %i s becomes %i ms', (retryAfter, expected) => {
    expect(retryDelayMs(2, schedule, retryAfter, middle)).toBe(expected);
  });
});

describe('Retry-After', () => {
  const now = new Date('2026-11-25T12:00:00Z');
  it.each([
    ['120', 120],
    ['Wed, 25 Nov 2026 12:01:00 GMT', 60],
    ['Wed, 25 Nov 2026 11:00:00 GMT', 0],
    ['soon', undefined],
    ['-5', undefined],
    ['Wed, 99 Nov 2026', undefined],
    [undefined, undefined],
  ])('%s is %s', (header, seconds) => {
    expect(retryAfterSeconds(header, now)).toBe(seconds);
  });
});
