import { plainText } from './plain-text';
import { fingerprintsOf, sourceFrom, sourceOf } from './source';

const links = ['https://example.com/a', 'http://www.example.org'];
const mail = `See shop.example/sale, ask mailto:bo@example.org, code ${'a1'.repeat(24)}. Not https://hidden.example/x`;
const kept = fingerprintsOf(links, mail, 'salt');

describe('what an answer may repeat', () => {
  it.each([
    ['an address', 'See https://example.com/a.', true],
    ['one without its scheme', 'See www.example.org, please', true],
    ['a disguised one', 'See shop.example/sale, or mailto:bo@example.org.', true],
    ['a code', `It is ${'a1'.repeat(24)}.`, true],
    ['nothing that was made up', 'Pay at https://evil.example/x?d=1', false],
    ['nothing longer than the mail has it', 'https://example.com/a.evil.example', false],
    ['no address that only stands in the text', 'https://hidden.example/x', false],
  ])('is %s, with the mail at hand and with its fingerprints alone', (_what, words, stays) => {
    for (const source of [sourceOf(links, mail), sourceFrom(kept, 'salt')]) {
      const shown = plainText(words, source, 500);
      expect(shown.includes('[link removed]')).toBe(!stays);
    }
  });

  // Mutant: fingerprints without their salt, which a table of known addresses turns back into the mail's.
  it('cannot be read from the fingerprints, nor matched with those of another salt', () => {
    expect(kept.join(' ')).not.toMatch(/example|shop|bo@/);
    expect(fingerprintsOf(links, mail, 'other').some((hash) => kept.includes(hash))).toBe(false);
  });

  it('is bounded, whatever a mail holds', () => {
    const many = Array.from({ length: 5_000 }, (_, index) => `https://example.com/${index}`);
    expect(fingerprintsOf(many, '', 'salt')).toHaveLength(500);
  });
});
