import { visibleCharacters } from '../text/characters';
import { isBlank, type Line } from '../text/line';

/** The marks that a finished line gets from the elements around its first text. */
export type LineContext = Pick<Line, 'depth' | 'quote' | 'inHistory' | 'mark'> & { isPre: boolean };

const MAX_LINES = 40_000;
const MAX_CELLS_WIDTH = 300;

/** Collects text into lines; table cells collect into sinks of their own, which a row then joins. */
export class LineSink {
  readonly lines: Line[] = [];
  /** Joined when the line ends: looking into a string under construction costs its whole length. */
  private pieces: string[] = [];
  private hasText = false;
  private endsBlank = true;
  private context: LineContext | null = null;
  private pendingMark: Line['mark'];
  private pendingPrefix = '';
  private hrefs: string[] = [];

  /** More lines than any reader reads; the rest is dropped. */
  get isFull(): boolean {
    return this.lines.length >= MAX_LINES;
  }

  /** A place in the line under construction, for `textSince`. */
  get position(): number {
    return this.pieces.length;
  }

  textSince(position: number): string {
    return this.pieces.slice(position).join('');
  }

  write(source: string, context: LineContext): void {
    if (context.isPre) {
      const [first = '', ...rest] = source.replaceAll('\r', '').split('\n');
      this.append(first, context);
      for (const line of rest) {
        if (this.isFull) return;
        this.endLine(true);
        this.append(line, context);
      }
      return;
    }
    const text = source.replace(/[\s\u00a0]+/g, ' ');
    this.append(this.endsBlank && text.startsWith(' ') ? text.slice(1) : text, context);
  }

  private append(text: string, context: LineContext): void {
    if (text === '') return;
    // The first visible text sets the line's context; asked at every piece, so it must not look at the whole line.
    if (!this.hasText) {
      this.context = context;
      this.hasText = text.trim() !== '';
    }
    this.pieces.push(text);
    this.endsBlank = text.endsWith(' ');
  }

  addLink(href: string): void {
    this.hrefs.push(href);
  }

  /** The next line with text carries the mark. */
  setMark(mark: Line['mark']): void {
    this.endLine();
    this.pendingMark = mark;
  }

  /** The next line with text starts with this: a list's bullet or number. */
  setPrefix(prefix: string): void {
    this.pendingPrefix = prefix;
  }

  /** Ends the line; an empty one counts only where the writer asked for it (`<br>`, preformatted text). */
  endLine(keepsEmpty = false): void {
    const text = this.isFull ? '' : visibleCharacters(this.pieces.join('')).trimEnd();
    const content = this.context?.isPre ? text : text.trim();
    if (content !== '') {
      const { isPre: _, ...flags } = this.context ?? { isPre: false, depth: 0 };
      const line: Line = { ...flags, ...unquoted(content, flags.depth) };
      if (this.pendingMark) line.mark = this.pendingMark;
      if (this.hrefs.length > 0) line.hrefs = this.hrefs;
      line.text = this.pendingPrefix + line.text;
      this.pendingPrefix = '';
      this.pendingMark = undefined;
      this.lines.push(line);
      this.hrefs = [];
    } else if (keepsEmpty) this.gap();
    this.pieces = [];
    this.hasText = false;
    this.endsBlank = true;
    this.context = null;
  }

  gap(): void {
    if (this.lines.length > 0 && !isBlank(this.lines.at(-1))) this.lines.push({ text: '', depth: 0 });
  }

  /** A row of short cells becomes one line, cells apart by ` | `; cells that hold paragraphs follow one another. */
  addRow(cells: readonly Line[][]): void {
    const filled = cells
      .map((cell) => cell.filter((line) => !isBlank(line)))
      .filter((cell) => cell.length > 0);
    const heads = filled.map(([head]) => head);
    const isFlat =
      filled.length > 1 &&
      filled.every(
        (cell) => cell.length === 1 && cell[0]?.mark === undefined && cell[0]?.depth === heads[0]?.depth,
      ) &&
      heads.reduce((sum, head) => sum + (head?.text.length ?? 0), 0) <= MAX_CELLS_WIDTH;
    const [head] = heads;
    if (isFlat && head) {
      const hrefs = heads.flatMap((one) => one?.hrefs ?? []);
      const text = heads.map((one) => one?.text).join(' | ');
      this.lines.push({ ...head, text, ...(hrefs.length > 0 ? { hrefs } : {}) });
      return;
    }
    for (const cell of cells)
      for (const line of cell)
        if (isBlank(line)) this.gap();
        else this.lines.push(line);
  }
}

/** A `>` typed or converted into HTML quotes just as it does in plain text. */
function unquoted(content: string, depth: number): Pick<Line, 'text' | 'depth'> {
  const match = /^(?:> ?){1,20}/.exec(content);
  if (!match || content.endsWith('<')) return { text: content, depth };
  return {
    text: content.slice(match[0].length).trimEnd(),
    depth: depth + match[0].replaceAll(' ', '').length,
  };
}
