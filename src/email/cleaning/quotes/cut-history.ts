import { isBlank, joinLines, type Line, nextTextIndex } from '../text/line';
import { attributionWithin, beginsDated, findAttribution } from './attribution';
import { dividerOf } from './dividers';
import { findHeaderBlock } from './header-block';

/** What the headers of a mail say about it, as far as its quotes are concerned. */
export interface QuoteContext {
  /** The subject says that it forwards ("Fwd:", "WG:", "TR:"). */
  isForward: boolean;
  /** It answers a mail ("Re:", `In-Reply-To`). */
  isReply: boolean;
  /** Whether lines say anything once signatures are gone: a signature above a quote is no reply. */
  saysSomething: (lines: readonly Line[]) => boolean;
}

/** What remains, and what was seen. */
export interface CutResult {
  lines: Line[];
  wasCut: boolean;
  isForward: boolean;
}

const WRAPPED_QUOTE = 60;
const MAX_WRAPPED = 2;
/** So many lines are a text, whatever of it is a signature. */
const MANY_LINES = 60;
const MAX_AFTER_QUOTE = 5;

const isNewText = (line: Line | undefined): boolean =>
  line !== undefined && !isBlank(line) && line.depth === 0 && line.inHistory !== true;

/** A walk over the lines that decides for each thing it meets whether it is new text, history, or a forward. */
class HistoryCutter {
  private readonly kept: Line[] = [];
  private wasCut = false;
  private isForward = false;
  /** An attribution was met: what is quoted from here on is the older mail, also between the lines of an answer. */
  private isAttributed = false;
  private at = 0;
  private replied = false;
  private keptTexts = 0;
  private askedAt = 0;
  /** How many unquoted lines with text stand at or after each line. */
  private readonly textsFrom: Uint32Array;
  private lastAttribution: number | undefined;

  constructor(
    private readonly lines: readonly Line[],
    private readonly context: QuoteContext,
  ) {
    this.textsFrom = new Uint32Array(lines.length + 1);
    for (let at = lines.length - 1; at >= 0; at--)
      this.textsFrom[at] = (this.textsFrom[at + 1] ?? 0) + (isNewText(lines[at]) ? 1 : 0);
  }

  cut(): CutResult {
    while (this.at < this.lines.length) this.step();
    return { lines: this.kept, wasCut: this.wasCut, isForward: this.isForward };
  }

  private step(): void {
    const line = this.lines[this.at];
    if (!line) return;
    if (isBlank(line) || line.isCode) this.keep(1);
    else if (line.mark === 'forward-start' || dividerOf(line.text) === 'forward') this.keepForward();
    else if (line.inHistory) this.stepHistory();
    else if (line.depth > 0) this.stepQuote();
    else if (line.mark === 'history-start') this.dropRest(this.at);
    else this.stepText(line);
  }

  private stepText(line: Line): void {
    const divider = dividerOf(line.text);
    if (divider === 'reply-above') {
      if (this.hasReply()) this.dropTo(this.lines.length);
      else this.dropTo(this.at + 1);
      return;
    }
    if (divider === 'original' || findHeaderBlock(this.lines, this.at)) {
      this.dropRest(this.at);
      return;
    }
    const within = beginsDated(line.text) ? -1 : attributionWithin(line.text);
    if (within > 0) {
      this.keptTexts++;
      this.kept.push({ ...line, text: line.text.slice(0, within).replace(/[\s-]+$/, '') });
      this.stepAttribution(this.at + 1, this.lines.length);
      return;
    }
    const attribution = findAttribution(this.lines, this.at);
    if (attribution) {
      this.stepAttribution(attribution.end + 1, this.lines.length);
      return;
    }
    this.keep(1);
  }

  /** After an attribution: quoted lines go by themselves; an unquoted older mail reaches to the end. */
  private stepAttribution(next: number, end: number): void {
    this.isAttributed = true;
    const follower = this.lines[nextTextIndex(this.lines, next)];
    const isUnquoted = follower?.depth === 0;
    const hasReply = this.hasReply();
    this.dropTo(isUnquoted && hasReply ? end : next);
  }

  /** A container that the mail program declared as history: its frame goes, answers between its quotes stay. */
  private stepHistory(): void {
    const start = this.at;
    let end = start;
    while (end < this.lines.length && (this.lines[end]?.inHistory === true || this.isGapInHistory(end)))
      end++;
    const forwardAt = this.lines.findIndex(
      (line, index) =>
        index >= start &&
        index < start + 6 &&
        index < end &&
        line.depth === 0 &&
        dividerOf(line.text) === 'forward',
    );
    if (forwardAt >= 0) {
      this.at = forwardAt;
      this.keepForward();
      return;
    }
    const answers = this.answersWithin(start, end);
    const hasText = this.hasReply() || this.saysSomethingFrom(end) || answers.length > 0;
    if (!hasText || this.isForwarding(start, end)) {
      this.keepAsForward(end);
      return;
    }
    this.isAttributed = true;
    for (const answer of answers) this.kept.push(answer);
    this.keptTexts += answers.length;
    this.dropTo(end);
  }

  private isGapInHistory(at: number): boolean {
    const next = nextTextIndex(this.lines, at);
    return isBlank(this.lines[at]) && this.lines[next]?.inHistory === true;
  }

  /** The subject says that the mail forwards, and its history opens as forwards do: by a header block. */
  private isForwarding(start: number, end: number): boolean {
    if (!this.context.isForward) return false;
    for (let at = start; at < Math.min(end, start + 8); at++)
      if (findHeaderBlock(this.lines, at)) return true;
    return false;
  }

  /** Lines typed between the quotes of a declared history: only where its quotes are marked as such. */
  private answersWithin(start: number, end: number): Line[] {
    const answers: Line[] = [];
    let quoted = false;
    let at = start;
    while (at < end) {
      const line = this.lines[at];
      const span =
        line?.depth === 0 ? (findHeaderBlock(this.lines, at) ?? findAttribution(this.lines, at)) : null;
      if (span) {
        const follower = this.lines[nextTextIndex(this.lines, span.end + 1)];
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

  private stepQuote(): void {
    const start = this.at;
    const end = this.endOfQuote(start);
    const block = this.lines.slice(start, end);
    const isForwarded = block.slice(0, 6).some((line) => dividerOf(line.text) === 'forward');
    const hasReply = this.hasReply();
    if (isForwarded && !this.isAttributed) this.keep(end - start);
    else if (this.isAttributed || (hasReply && this.opensWithAttribution(start, end))) this.dropTo(end);
    else if (hasReply && !this.saysSomethingFrom(end) && this.isHistoryQuote(block)) this.dropTo(end);
    else if (hasReply && this.context.isReply && this.isLastBareQuote(end, block)) this.dropTo(end);
    else this.keep(end - start);
  }

  private endOfQuote(start: number): number {
    let end = start;
    while (end < this.lines.length) {
      const next = nextTextIndex(this.lines, end);
      const line = this.lines[next];
      if (!line) break;
      if (line.depth > 0 && line.inHistory !== true) {
        end = next + 1;
        continue;
      }
      const wrapped = next === end ? this.wrappedLines(end) : 0;
      if (wrapped === 0) break;
      end += wrapped;
    }
    return end;
  }

  /** Long quoted lines that a mail program broke: the tail lost its `>`, but the next line has one again. */
  private wrappedLines(at: number): number {
    const before = this.lines[at - 1];
    if (!before || before.depth === 0 || before.text.length < WRAPPED_QUOTE) return 0;
    for (let count = 1; count <= MAX_WRAPPED; count++) {
      if (isBlank(this.lines[at + count - 1])) return 0;
      if ((this.lines[at + count]?.depth ?? 0) > 0) return count;
    }
    return 0;
  }

  private opensWithAttribution(start: number, end: number): boolean {
    let seen = 0;
    for (let at = start; at < end && seen < 4; at++) {
      if (isBlank(this.lines[at])) continue;
      seen++;
      if (findAttribution(this.lines, at) ?? findHeaderBlock(this.lines, at)) return true;
      if (dividerOf(this.lines[at]?.text ?? '') === 'original') return true;
    }
    return false;
  }

  /** Marked by a mail program; a blockquote that the author typed stays. */
  private readonly isHistoryQuote = (block: readonly Line[]): boolean =>
    block.some((line) => !isBlank(line) && line.isBare !== true);

  /** In an answer, the last unmarked blockquote is what it answers, if hardly anything follows. */
  private isLastBareQuote(end: number, block: readonly Line[]): boolean {
    if (
      this.isHistoryQuote(block) ||
      (this.textsFrom[end] ?? 0) > MAX_AFTER_QUOTE ||
      this.attributionAhead(end)
    )
      return false;
    const rest = this.lines.slice(end);
    return !rest.some((line) => line.depth > 0 || line.inHistory === true) && joinLines(rest).length <= 300;
  }

  private attributionAhead(from: number): boolean {
    this.lastAttribution ??= this.lines.findLastIndex((_, at) => findAttribution(this.lines, at) !== null);
    return this.lastAttribution >= from;
  }

  /** A header block or divider at `start`: a forward where nothing was said before it or the subject tells so. */
  private dropRest(start: number): void {
    if (this.context.isForward || !this.hasReply()) this.keepAsForward(this.lines.length);
    else {
      this.at = start;
      this.dropTo(this.lines.length);
    }
  }

  private keepForward(): void {
    this.isForward = true;
    this.keep(this.lines.length - this.at);
  }

  private keepAsForward(end: number): void {
    this.isForward = true;
    this.keep(end - this.at);
  }

  /** Asked at every turn: once true it stays, and a long text is not looked at again. */
  private hasReply(): boolean {
    if (!this.replied && this.keptTexts !== this.askedAt) {
      this.askedAt = this.keptTexts;
      this.replied = this.keptTexts > MANY_LINES || this.context.saysSomething(this.kept);
    }
    return this.replied;
  }

  private saysSomethingFrom(from: number): boolean {
    const count = this.textsFrom[from] ?? 0;
    if (count === 0 || count > MANY_LINES) return count > 0;
    return this.context.saysSomething(this.lines.slice(from).filter(isNewText));
  }

  private keep(count: number): void {
    const end = this.at + count;
    for (; this.at < end; this.at++) {
      const line = this.lines[this.at];
      if (!line) continue;
      this.kept.push(line);
      if (isNewText(line)) this.keptTexts++;
    }
  }

  private dropTo(end: number): void {
    this.wasCut = true;
    if (!isBlank(this.kept.at(-1))) this.kept.push({ text: '', depth: 0 });
    this.at = Math.max(end, this.at + 1);
  }
}

/**
 * Leaves out the quoted history of a mail: what stands above, below and between it stays, and so do forwards.
 * Linear in the number of lines. Never leaves nothing of a mail that had text.
 */
export function cutHistory(lines: readonly Line[], context: QuoteContext): CutResult {
  const result = new HistoryCutter(lines, context).cut();
  if (context.saysSomething(result.lines)) return result;
  return { lines: [...lines], wasCut: false, isForward: result.isForward };
}
