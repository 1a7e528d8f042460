import { findModel, type SandboxModel } from './models';
import { PromptCache } from './prompt-cache';
import { type PromptBlock } from './request';

const model = (name: string): SandboxModel => findModel(name)!;
const haiku = model('claude-haiku-5-5');
const long = 'Read the mail and say what it wants. '.repeat(100);
const prompt = (mail: string, system = long, ttl: '5m' | '1h' = '5m'): PromptBlock[] => [
  { text: system, cacheControl: { type: 'ephemeral', ttl } },
  { text: mail },
];

describe('PromptCache', () => {
  let now = 0;
  let cache: PromptCache;
  beforeEach(() => {
    now = 1_000_000;
    cache = new PromptCache(() => now);
  });

  it('writes a marked prefix once and reads it afterwards', () => {
    const first = cache.use(prompt('first mail'), haiku);
    const second = cache.use(prompt('second mail'), haiku);
    expect(first.read).toBe(0);
    expect(first.written.fiveMinutes).toBeGreaterThan(512);
    expect(second).toMatchObject({
      read: first.written.fiveMinutes,
      written: { fiveMinutes: 0, oneHour: 0 },
    });
  });

  // Catches the mutant that bills cached tokens as input, too.
  it('leaves cached tokens out of the input; the parts add up to the prompt', () => {
    const total = new PromptCache(() => now).use([{ text: long }, { text: 'first mail' }], haiku).input;
    for (const usage of [cache.use(prompt('first mail'), haiku), cache.use(prompt('first mail'), haiku)]) {
      expect(usage.input + usage.read + usage.written.fiveMinutes).toBe(total);
      expect(usage.input).toBeLessThan(20);
    }
  });

  it('silently keeps nothing below the minimum of the model', () => {
    expect(cache.use(prompt('a mail', 'Short.'), haiku).written.fiveMinutes).toBe(0);
    expect(cache.use(prompt('a mail'), model('claude-haiku-4-5')).written.fiveMinutes).toBe(0);
    expect(cache.size).toBe(0);
  });

  it('forgets after five minutes without use, or an hour when asked', () => {
    cache.use(prompt('a mail'), haiku);
    now += 4 * 60_000;
    expect(cache.use(prompt('a mail'), haiku).read).toBeGreaterThan(0);
    now += 4 * 60_000;
    expect(cache.use(prompt('a mail'), haiku).read).toBeGreaterThan(0);
    now += 5 * 60_000 + 1;
    expect(cache.use(prompt('a mail'), haiku).read).toBe(0);
    expect(cache.use(prompt('a mail', `${long} more`, '1h'), haiku).written.oneHour).toBeGreaterThan(512);
    now += 59 * 60_000;
    expect(cache.use(prompt('a mail', `${long} more`, '1h'), haiku).read).toBeGreaterThan(0);
  });

  it('does not share between models or changed prefixes', () => {
    cache.use(prompt('a mail'), haiku);
    expect(cache.use(prompt('a mail'), model('claude-sonnet-5-5')).read).toBe(0);
    expect(cache.use(prompt('a mail', `${long}!`), haiku).read).toBe(0);
  });

  it('writes only what lies beyond the prefix that it reads', () => {
    const system: PromptBlock = { text: long, cacheControl: { type: 'ephemeral' } };
    const thread: PromptBlock = { text: long.slice(10), cacheControl: { type: 'ephemeral' } };
    const first = cache.use([system, { text: 'a mail' }], haiku);
    const second = cache.use([system, thread, { text: 'a mail' }], haiku);
    expect(second.read).toBe(first.written.fiveMinutes);
    expect(second.written.fiveMinutes).toBeGreaterThan(0);
  });
});
