import { Parser } from 'htmlparser2';
import { visibleCharacters } from '../text/characters';
import { type Line } from '../text/line';
import { shownUrl } from '../text/links';
import { type ClientMark, clientMark } from './client-marks';
import { type Declarations, parseDeclarations } from './declarations';
import { BLOCK, SILENT, SPACED, VOID } from './elements';
import { type LineContext, LineSink } from './line-sink';
import { styleBlocks, type StyledElement, StyleSheet } from './style-sheet';
import { hidesText, inheritVisibility, PAGE, type Visibility } from './visibility';

/** How to write a mail's HTML as text. */
export interface HtmlOptions {
  /** Write a link's address behind its text; newsletters are better read without. */
  showsLinks: boolean;
  /** Write the alternative text of pictures: for mails that are nothing but pictures. */
  showsAlternatives: boolean;
  /**
   * Keep the preview of a newsletter: the short hidden text before everything else, which inboxes show beside the
   * subject. It is the one hidden text that its reader does see, and the line says what it is.
   */
  keepsPreview?: boolean;
}

/** Lines of a HTML body, and whether text was left out because nobody could have seen it. */
export interface HtmlLines {
  lines: Line[];
  hidText: boolean;
  isTruncated: boolean;
}

interface Frame extends LineContext {
  element: StyledElement;
  visibility: Visibility;
  isSilent: boolean;
  list?: { ordered: boolean; count: number; level: number };
  link?: { href: string; start: number; line: number };
  row?: Line[][];
  outer?: LineSink;
}

const MAX_DEPTH = 4_000;
const MAX_TABLE_DEPTH = 40;
const MAX_CELLS = 500;
/** The longest preview that templates write for: what a wide inbox, or a voice that reads it out, has room for. */
const MAX_PREVIEW = 500;
const EMOJI = /^\p{Extended_Pictographic}/u;

class HtmlReader {
  private readonly sheet = new StyleSheet();
  private readonly stack: Frame[] = [];
  private readonly elements: StyledElement[] = [];
  private readonly styles = new Map<string, Declarations>();
  private sink = new LineSink();
  private tableDepth = 0;
  private hidText = false;
  private sawText = false;
  private preview = '';
  private isTruncated = false;

  constructor(private readonly options: HtmlOptions) {}

  read(html: string): HtmlLines {
    for (const css of styleBlocks(html)) this.sheet.add(css);
    const parser = new Parser({
      onopentag: (name, attributes) => {
        this.open(name, attributes);
        if (this.stack.length > MAX_DEPTH || this.sink.isFull || this.sheet.isExhausted) {
          this.isTruncated = true;
          parser.pause();
        }
      },
      ontext: (text) => this.write(text),
      onclosetag: (name) => this.close(name),
    });
    parser.write(html);
    if (!this.isTruncated) parser.end();
    while (this.stack.length > 0) this.close(this.stack.at(-1)?.element.name ?? '');
    this.sink.endLine();
    const lines = [...this.previewLines(), ...this.sink.lines];
    return { lines, hidText: this.hidText, isTruncated: this.isTruncated };
  }

  /** Senders pad a preview with blanks and invisible characters; those do not count. */
  private addPreview(source: string): void {
    const text = visibleCharacters(source).replace(/\s+/g, ' ');
    const isPadding = text.trim() === '' && this.preview.endsWith(' ');
    if (!isPadding && this.preview.length <= MAX_PREVIEW) this.preview += text;
  }

  private previewLines(): Line[] {
    const text = this.preview.trim();
    if (text === '') return [];
    if (text.length > MAX_PREVIEW) this.hidText = true;
    return text.length > MAX_PREVIEW
      ? []
      : [
          { text: `[Preview] ${text}`, depth: 0 },
          { text: '', depth: 0 },
        ];
  }

  private write(text: string): void {
    const frame = this.stack.at(-1);
    if (frame?.isSilent) return;
    if (frame && hidesText(frame.visibility)) {
      if (this.options.keepsPreview && !this.sawText) this.addPreview(text);
      else if (text.trim() !== '') this.hidText = true;
      return;
    }
    this.sawText ||= text.trim() !== '';
    this.sink.write(text, frame ?? { depth: 0, isPre: false });
  }

  private open(name: string, attributes: Record<string, string>): void {
    const parent = this.stack.at(-1);
    if (VOID.has(name)) {
      this.openVoid(name, attributes, parent);
      return;
    }
    const element: StyledElement = {
      name,
      id: attributes.id ?? '',
      classes: attributes.class ? attributes.class.split(/\s+/, 30) : [],
      attributes,
    };
    const visibility = this.visibilityOf(element, parent?.visibility ?? PAGE);
    const mark: ClientMark | null = clientMark(name, attributes);
    const isQuote = name === 'blockquote';
    if (BLOCK.has(name) || mark?.mark) {
      this.sink.endLine();
      if (isSpaced(name, element)) this.sink.gap();
    }
    if (mark?.mark && mark.mark !== 'signature') this.sink.setMark(mark.mark);
    const frame: Frame = {
      element,
      visibility,
      isSilent: SILENT.has(name) || parent?.isSilent === true,
      depth: (parent?.depth ?? 0) + (isQuote ? 1 : 0),
      quote: parent?.quote === 'cited' ? 'cited' : (mark?.quote ?? parent?.quote),
      inHistory: mark?.isHistory === true || parent?.inHistory,
      mark: mark?.mark === 'signature' ? 'signature' : parent?.mark,
      isPre: name === 'pre' || parent?.isPre === true,
      list: parent?.list,
    };
    this.openSpecial(name, attributes, frame, parent);
    this.stack.push(frame);
    this.elements.push(element);
  }

  private openVoid(name: string, attributes: Record<string, string>, parent: Frame | undefined): void {
    if (name === 'br') this.sink.endLine(true);
    else if (name === 'hr') {
      this.sink.endLine();
      this.sink.gap();
      const mark = clientMark(name, attributes)?.mark;
      if (mark) this.sink.setMark(mark);
    } else if (name === 'img' && parent?.isSilent !== true) {
      const alt = (attributes.alt ?? '').trim();
      if (alt !== '' && ((alt.length <= 12 && EMOJI.test(alt)) || this.options.showsAlternatives)) {
        const element = { name, id: attributes.id ?? '', classes: [], attributes };
        if (!hidesText(this.visibilityOf(element, parent?.visibility ?? PAGE))) this.write(` ${alt} `);
      }
    }
  }

  private openSpecial(
    name: string,
    attributes: Record<string, string>,
    frame: Frame,
    parent: Frame | undefined,
  ): void {
    if (name === 'a' && attributes.href)
      frame.link = { href: attributes.href, start: this.sink.position, line: this.sink.lines.length };
    else if (name === 'ul' || name === 'ol') {
      const level = parent?.list ? Math.min(parent.list.level + 1, 8) : 0;
      frame.list = { ordered: name === 'ol', count: 0, level };
    } else if (name === 'li') {
      const bullet = frame.list?.ordered ? `${++frame.list.count}. ` : '- ';
      this.sink.setPrefix('  '.repeat(frame.list?.level ?? 0) + bullet);
    } else if (name === 'tr' && ++this.tableDepth <= MAX_TABLE_DEPTH) frame.row = [];
    else if ((name === 'td' || name === 'th') && parent?.row && parent.row.length < MAX_CELLS) {
      frame.outer = this.sink;
      this.sink = new LineSink();
    }
  }

  private close(name: string): void {
    if (VOID.has(name)) return;
    const frame = this.stack.at(-1);
    if (frame?.element.name !== name) return;
    this.stack.pop();
    this.elements.pop();
    if (frame.link) this.closeLink(frame.link);
    if (!BLOCK.has(name)) return;
    this.sink.endLine();
    if (frame.outer) {
      this.stack.at(-1)?.row?.push(this.sink.lines);
      this.sink = frame.outer;
    }
    if (name === 'tr') {
      this.tableDepth--;
      if (frame.row) this.sink.addRow(frame.row);
    }
    if (isSpaced(name, frame.element)) this.sink.gap();
  }

  private closeLink({ href, start, line }: NonNullable<Frame['link']>): void {
    const isOneLine = this.sink.lines.length === line;
    const text = isOneLine ? this.sink.textSince(start).trim() : '';
    if (!/^(?:https?|mailto):/i.test(href.trim()) || (isOneLine && text === '')) return;
    this.sink.addLink(href);
    const url = shownUrl(href);
    const frame = this.stack.at(-1);
    if (!this.options.showsLinks || text === '' || url === '' || isSameAddress(text, url)) return;
    this.sink.write(` <${url}>`, frame ?? { depth: 0, isPre: false });
  }

  private visibilityOf(element: StyledElement, parent: Visibility): Visibility {
    const { style } = element.attributes;
    let inline: Declarations | null = null;
    if (style) {
      inline = this.styles.get(style) ?? parseDeclarations(style);
      this.styles.set(style, inline);
    }
    return inheritVisibility(parent, this.sheet.match(element, this.elements), inline, element.attributes);
  }
}

/** Outlook gives its paragraphs no margin: there one is a line, and a blank line is a paragraph of its own. */
const isSpaced = (name: string, element: StyledElement): boolean =>
  SPACED.has(name) && !element.classes.some((one) => /MsoNormal|MsoPlainText|MsoListParagraph/.test(one));

const isSameAddress = (text: string, url: string): boolean => {
  const core = (one: string): string => one.toLowerCase().replace(/^https?:\/\/(?:www\.)?|\/$/g, '');
  return core(text) === core(url) || shownUrl(text) === url || text.includes('@');
};

/** A HTML body to lines, in one pass without recursion. Never throws, whatever the markup. */
export const htmlLines = (html: string, options: HtmlOptions): HtmlLines =>
  new HtmlReader(options).read(html);
