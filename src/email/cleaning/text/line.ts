/**
 * One line of a mail's body, the common ground of plain text and HTML: all later stages work on lines.
 * `text` has no quote prefix and no trailing blanks.
 */
export interface Line {
  text: string;
  /** How often the line is quoted: `>` prefixes or enclosing blockquotes. */
  depth: number;
  /** What its markup tells of the quote: `cited` by a mail program, `typed` by the author, or nothing. */
  quote?: 'cited' | 'typed' | 'unmarked';
  /** Within a container that the sender's mail program declared to be the quoted history. */
  inHistory?: boolean;
  /** Declared by the sender's mail program: the line is or starts that thing. */
  mark?: 'attribution' | 'history-start' | 'forward-start' | 'signature' | 'rule';
  /** Code or preformatted text: looks like a delimiter or a quote, but is neither. */
  isCode?: boolean;
  /** Targets of the line's links, as they were sent. */
  hrefs?: string[];
}

export const isBlank = (line: Line | undefined): boolean => line === undefined || line.text === '';

/** Index of the first line at or after `from` with text, or -1. */
export function nextTextIndex(lines: readonly Line[], from: number): number {
  for (let at = from; at < lines.length; at++) if (!isBlank(lines[at])) return at;
  return -1;
}

/** Lines to text: at most one blank line in a row, none at the ends, kept quotes marked. */
export function joinLines(lines: readonly Line[]): string {
  const out: string[] = [];
  let blank = true;
  for (const line of lines) {
    if (line.text === '') {
      if (!blank) out.push('');
      blank = true;
      continue;
    }
    blank = false;
    out.push(line.depth > 0 ? `${'>'.repeat(Math.min(line.depth, 5))} ${line.text}` : line.text);
  }
  while (out.at(-1) === '') out.pop();
  return out.join('\n');
}
