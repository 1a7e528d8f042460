import { isBlank, type Line, nextTextIndex } from '../text/line';
import { type Span } from './header-block';
import { WROTE } from './phrases';

const MAX_LENGTH = 400;
const MAX_LINES = 6;

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replace(/ /g, '\\s');
const VERB = [...new Set(WROTE)]
  .sort((a, b) => b.length - a.length)
  .map(escape)
  .join('|');

/** The verb closes the line: `… wrote:`, `… a écrit :`, `… wrote ----`. */
const VERB_LAST = new RegExp(
  `(?<![\\p{L}\\p{M}])(?:${VERB})\\s{0,2}(?:[:：](?:\\s?-{2,20})?|-{2,20})[\\s*_\\u200f\\u200e]*$`,
  'iu',
);
/** Scripts without blanks do not need the colon. */
const VERB_LAST_CJK =
  /(?:写道|寫道|书きました|書きました|のメッセージ|のメール|작성함?|님이 작성|写到)\s*[:：]?\s*$/;
const VERB_INSIDE = new RegExp(`(?:^|[^\\p{L}\\p{M}])(?:${VERB})(?![\\p{L}\\p{M}])`, 'iu');
const DASHES_LAST = /-{2}$/;
const ADDRESS = /[\w.+-]{1,64}@[\w-]{1,64}/;
const ADDRESS_LAST = /@[^\s@]{1,80}\s{0,2}[>\])]*\s*[:：]?[\s*_\u200f\u200e]*$/;
const DATE =
  /(?<!\d)(?:19|20)\d\d(?!\d)|(?<!\d)\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}\s?年|(?<!\d)\d{1,2}[-. ]{1,2}\p{L}{3,10}\.?[- ,]{1,2}\d{2,4}/u;
const TIME = /(?<!\d)\d{1,2}\s?[:.hH時时]\s?\d{2}(?!\d)|\d\s?[ap]\.?m\b|[上下]午|오[전후]/iu;
/** Up to three short words and then a number, or a number at once: `On Wed, Sep 25`, `Am 03.02.`, `2014-03-20`. */
const DATED_START =
  /^(?:\p{Nd}|在|(?:[\p{L}\p{M}'’׳.]{1,16}[,،.]{0,2}\s{1,2}){1,3}[(]?(?:\p{L}[׳'’],?\s)?\p{Nd})/u;
/** Horde and its kin. */
const QUOTING = /^(?:quoting|zitat von|zitiere|citando|citation de|citat från|cytowanie|citeren)\s/iu;
/** mutt: `* Ann <ann@example.org> [2012-04-04 15:59]:` */
const NAME_ADDRESS_DATE = /^[^<>]{0,80}<[^<>\s]{3,100}>\s?[[(][^\])]{0,30}\d[^\])]{0,30}[\])]\s?:$/u;
/** `Ann schrieb am 03.02.2016 um 15:35:` */
const WHEN_LAST = /\d(?:\s?(?:uhr|h|[ap]\.?m\.?|[a-z]{2,5}))?\)?\s?:$/iu;
/** Two sentences, or a verb with an object of its own: somebody tells of writing. */
const PROSE =
  /\p{Ll}{4}\.\s+\p{Lu}\p{Ll}+\s|\b(?:wrote|writes|said)\s+(?:an?|his|her|my|our|your|their|this|that|about)\b/u;
const DECORATION = /^[\s>*_•|.–—-]+/;

/** Ends in a colon or, as Android and Zoho write it, in dashes; emphasis and brackets may follow. */
function isOpenEnded(text: string): boolean {
  let end = text.length;
  while (end > 0 && ' *_>\t\u200e\u200f'.includes(text[end - 1] ?? '')) end--;
  const last = text[end - 1];
  return last === ':' || last === '：' || DASHES_LAST.test(text.slice(Math.max(0, end - 2), end));
}

/** What stands around the verb decides; the verb alone could be anybody's sentence. */
function isAttribution(source: string, beforeQuote: () => boolean): boolean {
  const text = source.replace(DECORATION, '').trim();
  if (text.length < 5 || text.length > MAX_LENGTH) return false;
  const isCjk = VERB_LAST_CJK.test(text);
  const endsOpen = isCjk || isOpenEnded(text);
  const startsDated = DATED_START.test(text);
  // Whether it is prose takes a look at the whole of it, which most lines are spared.
  if (!endsOpen && !(startsDated && ADDRESS_LAST.test(text))) return false;
  if (PROSE.test(text)) return false;
  if (!endsOpen) return count(text, '<') <= count(text, '>') && beforeQuote();
  const hasAddress = ADDRESS.test(text);
  const hasWhen = DATE.test(text) || TIME.test(text);
  if (isCjk || VERB_LAST.test(text)) {
    if (startsDated ? hasWhen || hasAddress : hasAddress && text.length <= 200) return true;
    if (/^-{2,}.*-{2,}\s*$/.test(source.trim())) return true;
    return text.length <= 150 && beforeQuote();
  }
  const verb = hasWhen || hasAddress ? VERB_INSIDE.exec(text) : null;
  const hasVerb = verb !== null;
  if (hasAddress && text.length <= 150 && (QUOTING.test(text) || NAME_ADDRESS_DATE.test(text))) return true;
  if (startsDated) {
    // "Goethe schrieb am 3. Mai 1787 aus Neapel:" has its verb first, and no hour.
    const isDatedFirst = verb !== null && /\p{Nd}/u.test(text.slice(0, verb.index));
    if (hasVerb && (isDatedFirst || hasAddress || TIME.test(text))) return true;
    return ADDRESS_LAST.test(text) || (hasWhen && beforeQuote());
  }
  if (!hasVerb || !hasWhen || text.length > 200) return false;
  return hasAddress || (WHEN_LAST.test(text) && DATE.test(text) && TIME.test(text));
}

/** A line could open an attribution that is wrapped over several lines. */
const mayOpen = (text: string): boolean => {
  const bare = text.replace(DECORATION, '');
  return (
    DATED_START.test(bare) ||
    /^wiadomość napisana przez\s/iu.test(bare) ||
    /^(?:on|at|le|el|am|um|op|den|il|em|w dniu|dnia|dne|på|vào|pe|la|no|dia|kl)\s.{0,60}\d/iu.test(bare)
  );
};

/**
 * The line or lines by which a mail program introduces a quote ("On 3 May 2020 at 10:00, Ann wrote:"), from `start`.
 * Lines may be wrapped anywhere, with one blank line between. Looks at six lines and 400 characters at most.
 */
export function findAttribution(lines: readonly Line[], start: number): Span | null {
  const first = lines[start];
  if (!first || isBlank(first) || first.isCode || first.text.length > MAX_LENGTH) return null;
  if (first.mark === 'attribution') return { start, end: start };
  const opens = mayOpen(first.text);
  let text = '';
  let blanks = 0;
  for (let end = start; end < lines.length && end < start + MAX_LINES; end++) {
    const line = lines[end];
    if (!line || line.isCode) break;
    // "Ann <ann@example.org" and then "> wrote:": that bracket is no quote mark.
    const closesBracket = line.depth === first.depth + 1 && count(text, '<') > count(text, '>');
    if (line.depth !== first.depth && !closesBracket) break;
    if (isBlank(line)) {
      if (++blanks > 1 || isOpenEnded(text) || !/[<\p{L}\d]$/u.test(text)) break;
      continue;
    }
    text = text === '' ? line.text : `${text} ${closesBracket ? '>' : ''}${line.text}`;
    if (text.length > MAX_LENGTH) break;
    if (isAttribution(text, () => startsQuote(lines, end, first.depth))) return { start, end };
    // Without a date at its start only "Name <address>" may go on in the next line.
    if (!opens && (end > start || !/@|>$/.test(line.text))) break;
  }
  return null;
}

const count = (text: string, char: string): number => text.split(char).length - 1;

function startsQuote(lines: readonly Line[], end: number, depth: number): boolean {
  const next = lines[nextTextIndex(lines, end + 1)];
  return next !== undefined && next.depth > depth;
}

const INNER_START = /(?:\s|-{2,})((?:On|Am|Le|El|Il|Op|Den|Em|W dniu)\s+(?=\S{0,14}[\s,]*\S{0,14}\s*\d))/gu;

/** The line by itself begins as attributions do, so nothing stands before one. */
export const beginsDated = (text: string): boolean => DATED_START.test(text.replace(DECORATION, ''));

/** `reply On Wed, 4 Apr 2012, Ann wrote:` on one line: where the attribution begins, or -1. */
export function attributionWithin(text: string): number {
  if (text.length > MAX_LENGTH * 2 || !isOpenEnded(text) || !/\d/.test(text)) return -1;
  let found = -1;
  for (const match of text.matchAll(INNER_START)) {
    const at = match.index + match[0].length - (match[1] ?? '').length;
    if (at > 0 && isAttribution(text.slice(at), () => false)) found = at;
  }
  return found;
}
