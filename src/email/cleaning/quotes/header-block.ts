import { isBlank, type Line, nextTextIndex } from '../text/line';
import { type HeaderKind, headerLine } from './header-labels';

/** First and last line of something found. */
export interface Span {
  start: number;
  end: number;
}

const EMAIL = /[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})?/;
const NOTES_WHEN =
  /^[\p{L}.,\s]{0,24}\d{1,4}[./-]\d{1,2}[./-]\d{1,4}[,\s]{1,3}\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?(?:\s[A-Z]{2,5})?$/iu;
const NOTES_TO = /^(?:to|an|à|a|para|aan|till|til|do|кому|宛先)\s?(?:[|:：]|$)/iu;
const MAX_LINES = 24;
const MAX_CONTINUATIONS = 4;

/**
 * The header block of an older mail, as mail programs paste it above a quote: From, Sent, To, Subject in any order
 * and language, perhaps bold, double-spaced or wrapped. An itinerary (From, To, Date) is none: a subject or a mail
 * address has to be there.
 */
export function findHeaderBlock(lines: readonly Line[], start: number): Span | null {
  const first = lines[start];
  const opening = first ? headerLine(first.text) : null;
  if (!first || !opening || !['from', 'date', 'to', 'subject'].includes(opening.kind)) return null;
  if (isOneLineBlock(first.text)) return { start, end: start };
  const kinds = new Set<HeaderKind>();
  let hasAddress = false;
  let hasDigits = false;
  let end = start;
  let blanks = 0;
  let continuations = 0;
  for (let at = start; at < lines.length && at < start + MAX_LINES; at++) {
    const line = lines[at];
    if (!line || line.isCode) break;
    if (isBlank(line)) {
      if (++blanks > 1) break;
      continue;
    }
    const header = line.depth === first.depth ? headerLine(line.text) : null;
    if (!header) {
      // A wrapped value goes on without a label; a blank line ends the block.
      if (blanks > 0 || ++continuations > MAX_CONTINUATIONS || line.text.length > 200) break;
      hasAddress ||= EMAIL.test(line.text.slice(0, 300));
      continue;
    }
    if (kinds.has(header.kind) && header.kind !== 'other') break;
    kinds.add(header.kind);
    hasAddress ||=
      EMAIL.test(header.value.slice(0, 500)) || (line.hrefs ?? []).some((href) => href.startsWith('mailto:'));
    hasDigits ||= header.kind === 'date' && /\d/.test(header.value);
    end = at;
    blanks = 0;
    continuations = 0;
  }
  const isWhole = kinds.size >= 3 && (kinds.has('subject') || hasAddress);
  const isPair = hasAddress && hasDigits && kinds.has('date') && (kinds.has('from') || kinds.has('to'));
  return kinds.has('from') || kinds.has('to') ? (isWhole || isPair ? { start, end } : null) : null;
}

/**
 * Lotus Notes' head of an older mail: the sender, below it the time, below that "To" without a colon, perhaps in cells of a
 * table.
 */
export function findNotesHead(lines: readonly Line[], start: number): Span | null {
  const when = nextTextIndex(lines, start + 1);
  const to = when < 0 ? -1 : nextTextIndex(lines, when + 1);
  const [sender, time, label] = [lines[start], lines[when], lines[to]];
  if (!sender || !time || !label || to - start > 8 || sender.isCode) return null;
  if (sender.text.length > 120 || time.text.length > 60 || !NOTES_WHEN.test(time.text)) return null;
  return NOTES_TO.test(label.text) && (EMAIL.test(sender.text) || /[\w ]\/\w/.test(sender.text))
    ? { start, end: to }
    : null;
}

/** `From: Ann Sent: 3 May 2012 To: Lee Subject: Plans`, where the line ends were lost. */
function isOneLineBlock(text: string): boolean {
  if (text.length > 500) return false;
  const kinds = new Set(text.split(/\s+(?=\p{L}{1,12}\s?[:：]\s)/u).map((piece) => headerLine(piece)?.kind));
  return kinds.has('from') && kinds.has('date') && kinds.has('to') && kinds.has('subject');
}
