/**
 * Characters nobody sees: zero-width and joining marks, soft hyphens, bidi controls, tags, fillers. They hide
 * text from a reader or words from a filter. A joiner stays where a script or an emoji needs it (below).
 */
const INVISIBLE =
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb]|\u{1d173}|\u{e0000}|[\u{e0001}-\u{e007f}\u{e0100}-\u{e01ef}]/gu;
const JOINER = /[\u200c\u200d]/;
const NEEDLESS_JOINER =
  /(?<![\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Extended_Pictographic}\ufe0f\u{1f3fb}-\u{1f3ff}])[\u200c\u200d]|[\u200c\u200d](?![\p{L}\p{M}\p{Extended_Pictographic}])/gu;
// eslint-disable-next-line no-control-regex -- control characters are what this removes
const CONTROL = /[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u0084\u0086-\u009f]/g;
const BLANKS = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u2800]/g;

/** Drops invisible and control characters and turns every kind of blank into a plain one; keeps line ends and tabs. */
export function visibleCharacters(text: string): string {
  const seen = text.replace(INVISIBLE, '').replace(CONTROL, '').replace(BLANKS, ' ');
  return JOINER.test(seen) ? seen.replace(NEEDLESS_JOINER, '') : seen;
}

/** All line ends as `\n`. */
export const unixLineEnds = (text: string): string => text.replace(/\r\n?|\u2028|\u2029|\u0085|\f/g, '\n');
