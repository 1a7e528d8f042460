import { MemoryThrottlerStorage } from './memory-throttler-storage';

describe('counts in memory', () => {
  afterEach(() => jest.useRealTimers());

  it('refuse what a window has no room for, until it is over', async () => {
    jest.useFakeTimers({ now: 1_000_000 });
    const counts = new MemoryThrottlerStorage();
    expect(await counts.increment('a', 60_000, 1)).toEqual({
      totalHits: 1,
      timeToExpire: 60,
      isBlocked: false,
      timeToBlockExpire: 0,
    });
    jest.advanceTimersByTime(20_000);
    expect(await counts.increment('a', 60_000, 1)).toMatchObject({ isBlocked: true, timeToBlockExpire: 40 });
    expect(await counts.increment('b', 60_000, 1)).toMatchObject({ isBlocked: false });
    jest.advanceTimersByTime(40_000);
    expect(await counts.increment('a', 60_000, 1)).toMatchObject({ totalHits: 1, isBlocked: false });
  });

  // Mutant: counts that are never forgotten, one for every address that ever called.
  it('are let go of once their window is over', async () => {
    jest.useFakeTimers({ now: 1_000_000 });
    const counts = new MemoryThrottlerStorage();
    for (let n = 0; n < 50_000; n += 1) await counts.increment(`old ${n}`, 1_000, 1);
    jest.advanceTimersByTime(2_000);
    await counts.increment('new', 1_000, 1);
    expect((counts as unknown as { counts: Map<string, unknown> }).counts.size).toBe(1);
  });
});
