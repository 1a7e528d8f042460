import { visibleCharacters, unixLineEnds } from './characters';
import { type Line } from './line';

/** How a text/plain part says it was wrapped (RFC 3676). */
export interface FlowedFormat {
  isFlowed: boolean;
  /** The blank at a soft line end is to be dropped. */
  deletesSpace: boolean;
}

/** More lines than any reader reads; the size of a body in characters is bounded elsewhere. */
const MAX_LINES = 40_000;
const FENCE = /^\s*(?:```|~~~(?!~))/;

/** Counts `>` marks, with at most one blank between them; `>>> text <<<` decoration is no quote. */
function quotePrefix(line: string): { depth: number; length: number } {
  let depth = 0;
  let at = 0;
  for (;;) {
    const next = line[at] === ' ' ? at + 1 : at;
    if (line[next] !== '>' && line[at] !== '>') break;
    at = (line[at] === '>' ? at : next) + 1;
    depth++;
  }
  if (depth >= 2 && line.endsWith('<')) return { depth: 0, length: 0 };
  return { depth, length: depth > 0 && line[at] === ' ' ? at + 1 : at };
}

function joinFlowed(lines: Line[], raw: readonly string[], format: FlowedFormat): Line[] {
  const out: Line[] = [];
  let open = false;
  lines.forEach((line, index) => {
    const previous = out.at(-1);
    const text = raw[index] ?? '';
    if (
      open &&
      previous?.depth === line.depth &&
      line.text !== '' &&
      line.text !== '--' &&
      previous.text.length < 5_000
    )
      previous.text += (format.deletesSpace ? '' : ' ') + line.text;
    else out.push(line);
    open = text.endsWith(' ') && line.text !== '' && line.text !== '--';
  });
  return out;
}

/** Splits into lines; of blank ones in a row two remain, and of a flood of lines the first. */
function splitLines(source: string): string[] {
  const out: string[] = [];
  let blanks = 0;
  let at = 0;
  while (at <= source.length && out.length < MAX_LINES) {
    const end = source.indexOf('\n', at);
    const line = source.slice(at, end < 0 ? source.length : end);
    blanks = line.trim() === '' ? blanks + 1 : 0;
    if (blanks <= 2) out.push(line);
    if (end < 0) break;
    at = end + 1;
  }
  return out;
}

/** A text/plain body to lines. */
export function plainLines(
  source: string,
  format: FlowedFormat = { isFlowed: false, deletesSpace: false },
): Line[] {
  const raw = splitLines(visibleCharacters(unixLineEnds(source)));
  let fenced = false;
  const lines = raw.map((text): Line => {
    if (FENCE.test(text)) {
      fenced = !fenced;
      return { text: text.trimEnd(), depth: 0, isCode: true };
    }
    if (fenced) return { text: text.trimEnd(), depth: 0, isCode: true };
    const { depth, length } = quotePrefix(text);
    return { text: text.slice(length).trimEnd(), depth };
  });
  return format.isFlowed ? joinFlowed(lines, raw, format) : lines;
}
