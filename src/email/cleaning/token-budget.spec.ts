import * as fc from 'fast-check';
import { estimateTokens, fitToBudget } from './token-budget';

describe('the token budget', () => {
  it('leaves a text that fits as it is', () => {
    expect(fitToBudget('short', 100)).toEqual({ text: 'short', isShortened: false });
  });

  it('keeps head and tail and says that something is missing', () => {
    const lines = Array.from({ length: 2_000 }, (_, at) => `line number ${at}`).join('\n');
    const { text, isShortened } = fitToBudget(lines, 500);
    expect(isShortened).toBe(true);
    expect(text).toMatch(/^line number 0\n/);
    expect(text).toMatch(/line number 1999$/);
    expect(text).toContain('left out here');
  });

  // Catches the mutant that forgets the marker's own tokens.
  it('is never exceeded, in any script, and tears no character', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 3_000 }),
        fc.integer({ min: 30, max: 300 }),
        (source, max) => {
          const { text } = fitToBudget(source.repeat(3), max);
          expect(estimateTokens(text)).toBeLessThanOrEqual(max);
          expect(text).not.toMatch(/[\ud800-\udfff]/u);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('counts a Chinese character as a token and four Latin ones', () => {
    expect(estimateTokens('中文字符')).toBe(4);
    expect(estimateTokens('abcd')).toBe(1);
  });
});
