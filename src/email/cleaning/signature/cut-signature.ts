import { isBlank, type Line } from '../text/line';
import { DISCLAIMER_WORDS, FOOTER_START, SENT_FROM } from './patterns';

const MAX_SIGNATURE_LINES = 40;
const MAX_FOOTER_LINES = 14;
const MAX_LINE = 300;

const DASHES = /^\s*(?:--|—|––|—-)\s*$/;
const RULE_CHARACTERS = new Set('-_=*#~+–—');
const CONTACT =
  /@[\w-]+\.|https?:|www\.|\+?\d[\d\s().-]{7,}|mailing list|unsubscribe|confidential|\b(?:tel|fax|phone|mobile|mobil)\b/iu;

/** A line of dashes, stars or underscores, `least` of them, and nothing else. */
function isRule(text: string, least: number): boolean {
  if (text.length > MAX_LINE) return false;
  let count = 0;
  for (const char of text) {
    if (RULE_CHARACTERS.has(char)) count++;
    else if (char !== ' ') return false;
  }
  return count >= least;
}

/** A rule, a blank, or Gmail's mark for mail tracking. */
const isDecoration = (text: string): boolean => text === '' || text.trim() === 'ᐧ' || isRule(text, 2);

const isSentFrom = (text: string): boolean => {
  if (text.length > MAX_LINE) return false;
  const bare = text.replace(/<[^<>]{0,200}>/g, '').replace(/^[*_\s]+|[*_\s]+$/g, '');
  return bare.length <= 160 && bare.length >= 5 && SENT_FROM.some((pattern) => pattern.test(bare));
};

const countText = (lines: readonly Line[], from: number): number => {
  let count = 0;
  for (let at = from; at < lines.length; at++) if (!isBlank(lines[at])) count++;
  return count;
};

/** Below a rule: something to reach somebody by, or a few short lines below underscores. */
function isFooter(lines: readonly Line[], rule: number): boolean {
  const below = lines.slice(rule + 1).filter((line) => !isBlank(line));
  if (below.some((line) => CONTACT.test(line.text.slice(0, MAX_LINE)))) return true;
  return (
    lines[rule]?.text.includes('___') === true &&
    below.length <= 4 &&
    below.every((line) => line.text.length <= 60)
  );
}

/** Where a signature or footer starts that reaches to the end, or -1. */
function tailStart(lines: readonly Line[]): number {
  const last = lines.length - 1;
  let seen = 0;
  let found = -1;
  for (let at = last; at >= 0 && seen <= MAX_SIGNATURE_LINES; at--) {
    const line = lines[at];
    if (!line || isBlank(line)) continue;
    seen++;
    if (line.depth > 0 || line.isCode) break;
    const isTail =
      DASHES.test(line.text) ||
      (seen <= MAX_FOOTER_LINES && FOOTER_START.test(line.text)) ||
      (seen <= MAX_FOOTER_LINES && isRule(line.text, 3) && isFooter(lines, at));
    if (isTail) found = at;
  }
  return found;
}

/** The start of the closing paragraphs that are a confidentiality notice, or -1. */
function disclaimerStart(lines: readonly Line[]): number {
  let end = lines.length;
  let found = -1;
  for (let paragraphs = 0; paragraphs < 6; paragraphs++) {
    while (end > 0 && isBlank(lines[end - 1])) end--;
    let start = end;
    while (start > 0 && !isBlank(lines[start - 1])) start--;
    if (start === end || end - start > 60) break;
    const text = lines
      .slice(start, end)
      .map((line) => line.text)
      .join(' ')
      .slice(0, 6_000);
    const words = new Set(
      Array.from(text.matchAll(DISCLAIMER_WORDS), ([word]) => word.toLowerCase().slice(0, 8)),
    );
    if (words.size >= 3 && text.length >= 80) found = start;
    else if (found < 0 && paragraphs > 2) break;
    end = start;
  }
  return found;
}

function trimDecoration(lines: Line[]): void {
  for (;;) {
    const last = lines.at(-1);
    if (!last || last.isCode || !isDecoration(last.text)) return;
    lines.pop();
  }
}

/**
 * Leaves out what stands below a mail's text: signatures behind `--` or declared by a mail program, "Sent from my
 * phone", list footers, confidentiality notices, rules. A name below a greeting stays: it tells who speaks.
 * May leave nothing; the caller decides what that means.
 */
export function cutSignature(source: readonly Line[]): Line[] {
  const declared = source.filter((line) => line.mark === 'signature');
  const dropsDeclared = declared.length <= 25;
  const lines = source.filter(
    (line) =>
      !(dropsDeclared && line.mark === 'signature') &&
      (line.isCode === true || line.depth > 0 || !isSentFrom(line.text)),
  );
  for (let round = 0; round < 3; round++) {
    trimDecoration(lines);
    const before = lines.length;
    const tail = tailStart(lines);
    if (tail >= 0 && countText(lines, tail) <= MAX_SIGNATURE_LINES) lines.length = tail;
    const disclaimer = disclaimerStart(lines);
    if (disclaimer >= 0) lines.length = disclaimer;
    if (lines.length === before) break;
  }
  trimDecoration(lines);
  return lines;
}
