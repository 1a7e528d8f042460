import { isBlank, joinLines, type Line, nextTextIndex } from '../text/line';
import { attributionWithin, beginsDated, findAttribution } from './attribution';
import { dividerOf } from './dividers';
import { findHeaderBlock, findNotesHead } from './header-block';
import {
  answersWithin,
  endOfHistory,
  endOfQuote,
  forwardWithin,
  isHistoryQuote,
  isTypedQuote,
  opensWithAttribution,
} from './quote-block';

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
    else if (this.opensForward(line)) this.keepForward();
    else if (line.inHistory) this.stepHistory();
    else if (line.depth > 0) this.stepQuote();
    else if (line.mark === 'history-start') this.dropRest(this.at);
    else this.stepText(line);
  }

  /** In the quotes of an answer a forward is history as well. */
  private opensForward(line: Line): boolean {
    if (line.depth > 0 && this.isAttributed) return false;
    return line.mark === 'forward-start' || dividerOf(line.text) === 'forward';
  }

  private stepText(line: Line): void {
    const divider = dividerOf(line.text);
    if (divider === 'reply-above') {
      if (this.hasReply()) this.dropTo(this.lines.length);
      else this.dropTo(this.at + 1);
      return;
    }
    if (
      divider === 'original' ||
      findHeaderBlock(this.lines, this.at) ||
      findNotesHead(this.lines, this.at)
    ) {
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
    if (this.context.isForward) {
      this.keepForward();
      return;
    }
    this.isAttributed = true;
    const follower = this.lines[nextTextIndex(this.lines, next)];
    const isUnquoted = follower?.depth === 0;
    const hasReply = this.hasReply();
    this.dropTo(isUnquoted && hasReply ? end : next);
  }

  /** A container that the mail program declared as history: its frame goes, answers between its quotes stay. */
  private stepHistory(): void {
    const start = this.at;
    const end = endOfHistory(this.lines, start);
    const forwardAt = forwardWithin(this.lines, start, end);
    if (forwardAt >= 0) {
      this.at = forwardAt;
      this.keepForward();
      return;
    }
    const answers = answersWithin(this.lines, start, end);
    const hasText = this.hasReply() || this.saysSomethingFrom(end) || answers.length > 0;
    if (!hasText || this.context.isForward) {
      this.isForward = true;
      this.keep(end - start);
      return;
    }
    this.isAttributed = true;
    for (const answer of answers) this.kept.push(answer);
    this.keptTexts += answers.length;
    this.dropTo(end);
  }

  private stepQuote(): void {
    const start = this.at;
    const end = endOfQuote(this.lines, start);
    const block = this.lines.slice(start, end);
    const hasReply = this.hasReply();
    if (this.isAttributed) this.dropTo(end);
    else if (this.context.isForward || forwardWithin(this.lines, start, end) >= 0) this.keep(end - start);
    else if ((hasReply || this.saysSomethingFrom(end)) && opensWithAttribution(this.lines, start, end)) {
      this.isAttributed = true;
      this.dropTo(end);
    } else if (hasReply && !this.saysSomethingFrom(end) && isHistoryQuote(block)) this.dropTo(end);
    else if (hasReply && this.context.isReply && this.isLastBareQuote(end, block)) this.dropTo(end);
    else this.keep(end - start);
  }

  /** In an answer, the last unmarked blockquote is what it answers, if hardly anything follows. */
  private isLastBareQuote(end: number, block: readonly Line[]): boolean {
    if (
      isHistoryQuote(block) ||
      isTypedQuote(block) ||
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
    if (this.context.isForward || !this.hasReply()) this.keepForward();
    else {
      this.at = start;
      this.dropTo(this.lines.length);
    }
  }

  private keepForward(): void {
    this.isForward = true;
    this.keep(this.lines.length - this.at);
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
