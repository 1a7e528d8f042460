import { costMicros, isPriced } from './price-table';

const tokens = (input: number, output: number, cacheRead = 0, cacheWrite = 0) => ({
  input,
  output,
  cacheRead,
  cacheWrite,
});

describe('the price table', () => {
  it.each([
    ['claude-haiku-5-5', tokens(1_000_000 / 10, 0), 10_000],
    ['claude-haiku-5-5', tokens(1_000, 200), 100 + 100],
    ['claude-haiku-5-5', tokens(0, 0, 1_000, 0), 10],
    ['claude-haiku-5-5', tokens(0, 0, 0, 1_000), 125],
    ['claude-haiku-5-5', tokens(100_001, 0), 50_001],
    ['claude-haiku-4-5-20251001', tokens(1_000, 1_000), 6_000],
    ['claude-sonnet-5-5', tokens(1_000, 1_000), 12_000],
    ['claude-opus-5-5', tokens(1, 1), 24],
    ['claude-haiku-5-5', tokens(1, 0), 1],
  ])('charges %s for %j %i micro-dollars', (model, usage, micros) => {
    expect(costMicros(model, usage)).toBe(micros);
  });

  // Mutants: the batch at the full price; an hour in the cache at the price of five minutes; half of a rounded price.
  it.each([
    ['claude-haiku-5-5', tokens(1_000, 200), 100],
    ['claude-haiku-5-5', tokens(30, 0), 2],
    ['claude-haiku-5-5', { ...tokens(0, 0, 0, 1_000), cacheWriteHour: 1_000 }, 100],
    ['claude-haiku-5-5', { ...tokens(0, 0, 1_000, 1_000), cacheWriteHour: 400 }, 83],
    ['claude-sonnet-5-5', tokens(1, 0), 1],
  ])('charges half of it in a batch: %s for %j %i', (model, usage, micros) => {
    expect(costMicros(model, usage, 'overnight')).toBe(micros);
  });

  it('knows which models it has, and charges no other', () => {
    expect(isPriced('claude-haiku-5-5')).toBe(true);
    expect(isPriced('claude-unknown')).toBe(false);
    expect(() => costMicros('claude-unknown', tokens(1, 1))).toThrow('no price');
  });
});
