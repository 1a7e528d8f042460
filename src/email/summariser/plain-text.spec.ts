import { plainText } from './plain-text';
import { sourceOf } from './source';

const source = sourceOf(
  ['https://example.com/a', 'http://www.example.org'],
  'See shop.example/sale, ask mailto:bo@example.org.',
);

describe("a model's words", () => {
  it.each([
    ['keep their line breaks', 'One.\r\nTwo.', 'One.\nTwo.'],
    ['lose control characters', 'a\u0000b\u001b[31mc', 'a b [31mc'],
    ['lose bidirectional overrides', 'abc\u202edef\u2066', 'abcdef'],
    ['lose zero-width and tag characters', 'a\u200bb\u{e0041}c', 'abc'],
    ['lose markup', 'Hello <b>you</b><script src=x>', 'Hello you'],
    ['keep an address in brackets', 'Ada <ada@example.com> wrote', 'Ada <ada@example.com> wrote'],
    ['keep what only looks like markup', '3 < 5 and 7 > 2', '3 < 5 and 7 > 2'],
    ['keep an address that the mail has', 'See https://example.com/a.', 'See https://example.com/a.'],
    ['keep it without its scheme', 'See www.example.org, please', 'See www.example.org, please'],
    [
      'lose an address that the mail has not',
      'Pay at https://evil.example/x?d=1, now',
      'Pay at [link removed], now',
    ],
    ['lose one hidden in a longer one', 'https://example.com/a.evil.example', '[link removed]'],
    ['lose an address without a scheme', 'See evil.example/x?d=1', 'See [link removed]'],
    [
      'keep one that the mail has',
      'See shop.example/sale, or mailto:bo@example.org.',
      'See shop.example/sale, or mailto:bo@example.org.',
    ],
    ['lose a script', 'Click javascript:alert(1', 'Click [link removed]'],
    ['lose codes that the mail has not', `Code ${'a1'.repeat(24)}!`, 'Code [link removed]!'],
    [
      'lose what they repeat of our prompt',
      'Hello. You summarise one e-mail at a time for the person, and more.',
      'Hello. , and more.',
    ],
    [
      'keep ordinary turns of phrase',
      'You summarise one mail for the person.',
      'You summarise one mail for the person.',
    ],
    ['lose other schemes', 'javascript://x ftp://example.com', '[link removed] [link removed]'],
  ])('%s', (_promise, given, shown) => {
    expect(plainText(given, source, 500)).toBe(shown);
  });

  it('are cut at a whole character', () => {
    expect(plainText('ab😀cd', source, 4)).toBe('ab…');
    expect(plainText('ab '.repeat(100), source, 200)).toHaveLength(200);
  });
});
