/**
 * Characters nobody sees. They hide text from a reader, or words from a filter; each range is first and last code
 * point. Emoji presentation (U+FE0E, U+FE0F) stays, and joiners are looked at one by one.
 */
const INVISIBLE_RANGES: readonly (readonly [number, number])[] = [
  [0x00ad, 0x00ad], // soft hyphen
  [0x034f, 0x034f], // combining grapheme joiner
  [0x061c, 0x061c], // Arabic letter mark
  [0x115f, 0x1160], // Hangul fillers
  [0x17b4, 0x17b5], // Khmer inherent vowels
  [0x180b, 0x180f], // Mongolian selectors and separator
  [0x200b, 0x200b], // zero-width space
  [0x200e, 0x200f], // directional marks
  [0x202a, 0x202e], // directional embeddings and overrides
  [0x2060, 0x206f], // word joiner, invisible operators, directional isolates
  [0x3164, 0x3164], // Hangul filler
  [0xfe00, 0xfe0d], // variation selectors
  [0xfeff, 0xfeff], // byte order mark
  [0xffa0, 0xffa0], // half-width Hangul filler
  [0xfff0, 0xfffb], // interlinear annotation
  [0xfffd, 0xfffd], // what a broken encoding left behind
  [0x1d173, 0x1d17a], // musical format controls
  [0xe0000, 0xe01ef], // tags and further variation selectors
];
const CONTROL_RANGES: readonly (readonly [number, number])[] = [
  [0x00, 0x08],
  [0x0b, 0x0b],
  [0x0e, 0x1f],
  [0x7f, 0x84],
  [0x86, 0x9f],
];
const point = (code: number): string => `\\u{${code.toString(16)}}`;
const classOf = (ranges: readonly (readonly [number, number])[]): RegExp =>
  new RegExp(`[${ranges.map(([first, last]) => `${point(first)}-${point(last)}`).join('')}]+`, 'gu');

const INVISIBLE = classOf([...INVISIBLE_RANGES, ...CONTROL_RANGES]);
const BLANK = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u2800]/g;
const PLAIN = /^[\t\n\x20-\x7e]*$/;
const JOINER = /[\u200c\u200d]/gu;
/** Scripts that spell with joiners, and emoji that are glued with them. */
const JOINED =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Extended_Pictographic}\p{Emoji_Modifier}]/u;

/** A joiner has a use only between two characters of a script that joins, or of an emoji. */
function keepUsefulJoiner(joiner: string, at: number, text: string): string {
  const before = text.slice(Math.max(0, at - 3), at).replace(/\ufe0f/g, '');
  const after = text.slice(at + 1, at + 3);
  return JOINED.test(before) && JOINED.test(after) ? joiner : '';
}

/** Drops invisible and control characters and turns every kind of blank into a plain one; keeps line ends and tabs. */
export function visibleCharacters(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(INVISIBLE, '').replace(BLANK, ' ').replace(JOINER, keepUsefulJoiner);
}

/** All line ends as `\n`. */
export const unixLineEnds = (text: string): string => text.replace(/\r\n?|\u2028|\u2029|\u0085|\f/g, '\n');

const ENCODED_RUN = /[A-Za-z0-9+/]{200,}={0,2}/g;

/** Takes out long runs of base64: keys and torn attachments that no reader could read either. */
export const withoutEncodedRuns = (text: string): string =>
  text.length < 200 ? text : text.replace(ENCODED_RUN, '[…]');
