import { isBlank, type Line, nextTextIndex } from '../text/line';
import { findAttribution } from './attribution';
import { dividerOf } from './dividers';
import { findHeaderBlock } from './header-block';

/** A quoted line this long may have been broken by a mail program. */
const WRAPPED_QUOTE = 60;
const MAX_WRAPPED = 2;
const OPENING_LINES = 6;

/** The end of a container that the mail program declared as history. */
export function endOfHistory(lines: readonly Line[], start: number): number {
  let end = start;
  for (;;) {
    const next = nextTextIndex(lines, end);
    if (next < 0 || lines[next]?.inHistory !== true) return end;
    end = next + 1;
  }
}

/** Where the first lines of a block announce a forwarded mail, or -1; below an attribution it is older mail like the rest. */
export function forwardWithin(lines: readonly Line[], start: number, end: number): number {
  for (let at = start; at < Math.min(end, start + OPENING_LINES); at++) {
    if (dividerOf(lines[at]?.text ?? '') === 'forward') return at;
    if (findAttribution(lines, at)) return -1;
  }
  return -1;
}

/** Lines typed between the quotes of a declared history: only where its quotes are marked as such. */
export function answersWithin(lines: readonly Line[], start: number, end: number): Line[] {
  const answers: Line[] = [];
  let quoted = false;
  let at = start;
  while (at < end) {
    const line = lines[at];
    const span = line?.depth === 0 ? (findHeaderBlock(lines, at) ?? findAttribution(lines, at)) : null;
    if (span) {
      const follower = lines[nextTextIndex(lines, span.end + 1)];
      if (!quoted && (!follower || follower.depth === 0)) return [];
      at = span.end + 1;
      continue;
    }
    if (line !== undefined && line.depth > 0) quoted = true;
    else if (line && !isBlank(line)) {
      if (!quoted) return [];
      answers.push(line);
    } else if (line && answers.length > 0) answers.push(line);
    at++;
  }
  return answers;
}

/** The end of a quote that starts at `start`: over blank lines and over wrapped tails that lost their mark. */
export function endOfQuote(lines: readonly Line[], start: number): number {
  let end = start;
  while (end < lines.length) {
    const next = nextTextIndex(lines, end);
    const line = lines[next];
    if (!line) break;
    if (line.depth > 0 && line.inHistory !== true) {
      end = next + 1;
      continue;
    }
    const wrapped = next === end ? wrappedLines(lines, end) : 0;
    if (wrapped === 0) break;
    end += wrapped;
  }
  return end;
}

/** Long quoted lines that a mail program broke: the tail lost its `>`, but the next line has one again. */
function wrappedLines(lines: readonly Line[], at: number): number {
  const before = lines[at - 1];
  if (!before || before.depth === 0 || before.text.length < WRAPPED_QUOTE) return 0;
  for (let count = 1; count <= MAX_WRAPPED; count++) {
    if (isBlank(lines[at + count - 1])) return 0;
    if ((lines[at + count]?.depth ?? 0) > 0) return count;
  }
  return 0;
}

/** Within its first lines the quote says whose mail it is. */
export function opensWithAttribution(lines: readonly Line[], start: number, end: number): boolean {
  let seen = 0;
  for (let at = start; at < end && seen < 4; at++) {
    if (isBlank(lines[at])) continue;
    seen++;
    if (findAttribution(lines, at) ?? findHeaderBlock(lines, at)) return true;
    if (dividerOf(lines[at]?.text ?? '') === 'original') return true;
  }
  return false;
}

/** Marked by a mail program or by `>`; a blockquote that the author may have typed is not. */
export const isHistoryQuote = (block: readonly Line[]): boolean =>
  block.some((line) => !isBlank(line) && (line.quote === undefined || line.quote === 'cited'));

export const isTypedQuote = (block: readonly Line[]): boolean => block.some((line) => line.quote === 'typed');
