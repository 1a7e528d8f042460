import { usdRates } from '../admin.settings';
import { combine } from './show-usage.handler';

const work = (day: string, costMicros: number) => ({
  day,
  activeUsers: 1,
  discovered: 1,
  summarised: 1,
  skipped: 0,
  failed: 0,
  inputTokens: 0,
  outputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  costMicros,
});

describe('usage by day', () => {
  // Mutants: a minor unit taken for a hundredth everywhere (the yen has none); a missing rate taken for 1 or for 0.
  it('takes the cost from the revenue in dollars, and says so where it cannot', () => {
    const days = combine(
      [work('2026-01-01', 1_000), work('2026-01-03', 5)],
      [
        { day: '2026-01-01', currency: 'usd', amountMinor: 500 },
        { day: '2026-01-01', currency: 'jpy', amountMinor: 100 },
        { day: '2026-01-02', currency: 'chf', amountMinor: 1 },
      ],
      { usd: 1, jpy: 0.01 },
    );
    expect(days.map(({ day, marginMicros }) => [day, marginMicros])).toEqual([
      ['2026-01-01', 6_000_000 - 1_000],
      ['2026-01-02', null],
      ['2026-01-03', -5],
    ]);
  });

  it('takes rates by currency code only', () => {
    expect(usdRates.type.read({ usd: 1, eur: 1.1 })).toEqual({ usd: 1, eur: 1.1 });
    for (const bad of [null, [], { EUR: 1 }, { eur: 0 }, { eur: '1' }])
      expect(usdRates.type.read(bad)).toBeUndefined();
  });
});
