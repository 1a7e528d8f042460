/** Tokens of one call as the vendor counts them; `input` leaves out what the cache read or wrote. */
export interface TokenUsage {
  input: number;
  output: number;
  cacheRead: number;
  cacheWrite: number;
  /** Those of `cacheWrite` that are kept for an hour. */
  cacheWriteHour?: number;
}

/** How an answer was asked for: by itself, or in one batch with others. */
export type Lane = 'now' | 'overnight';

/** Micro-dollars per million tokens, that is millionths of a dollar per million; integers throughout. */
interface Rate {
  input: number;
  output: number;
  cacheRead: number;
  cacheWrite: number;
  cacheWriteHour: number;
}

/** Answers that this many of cost as much as one that was asked for by itself. */
const perPrice: Record<Lane, number> = { now: 1, overnight: 2 };

interface ModelPrice extends Rate {
  /** The rate of a request whose prompt is longer than `above` tokens. */
  long?: Rate & { above: number };
}

const dollars = (input: number, output: number): Rate => ({
  input: input * 1e6,
  output: output * 1e6,
  cacheRead: input * 0.1 * 1e6,
  cacheWrite: input * 1.25 * 1e6,
  cacheWriteHour: input * 2 * 1e6,
});

/**
 * List prices of autumn 2026 (Anthropic's pricing page); cache writes cost 1.25 of input for 5 minutes and 2 for an hour,
 * reads 0.1; in a batch everything costs half. */
const prices: Record<string, ModelPrice> = {
  'claude-haiku-5-5': { ...dollars(0.1, 0.5), long: { ...dollars(0.5, 2.5), above: 100_000 } },
  'claude-haiku-4-5-20251001': dollars(1, 5),
  'claude-sonnet-5-5': dollars(2, 10),
  'claude-opus-5-5': dollars(4, 20),
};

/** Whether the cost of a model is known; one that is not may not be used. */
export function isPriced(model: string): boolean {
  return Object.hasOwn(prices, model);
}

/** Micro-dollars of one answer, rounded up once at the end. @throws Error for a model without a price. */
export function costMicros(model: string, usage: TokenUsage, lane: Lane = 'now'): number {
  const price = prices[model];
  if (!price) throw new Error(`There is no price for ${model}`);
  const prompt = usage.input + usage.cacheRead + usage.cacheWrite;
  const rate: Rate = price.long && prompt > price.long.above ? price.long : price;
  const hour = usage.cacheWriteHour ?? 0;
  const scaled =
    usage.input * rate.input +
    usage.output * rate.output +
    usage.cacheRead * rate.cacheRead +
    (usage.cacheWrite - hour) * rate.cacheWrite +
    hour * rate.cacheWriteHour;
  return Math.ceil(Math.round(scaled) / (1e6 * perPrice[lane]));
}
