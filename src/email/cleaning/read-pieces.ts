import { type CleaningNote } from './clean-mail.types';
import { type HtmlOptions, htmlLines } from './html/html-lines';
import { decodeCharset } from './mime/charset';
import { type MailPart } from './mime/mail-part';
import { type BodyPiece } from './mime/select-body';
import { type Encryption, stripPgpArmour } from './special/encryption';
import { isBlank, type Line } from './text/line';
import { plainLines } from './text/plain-lines';

/** The lines of all pieces, one below the other. */
export interface ReadBody {
  lines: Line[];
  notes: Set<CleaningNote>;
  encryption: Encryption | null;
  hasAttachedMail: boolean;
}

/** How HTML is written; see `HtmlOptions`. */
export type ReadOptions = Omit<HtmlOptions, 'showsAlternatives'>;

/** Beyond this a body is cut: in characters, some 300,000 words of text or the largest newsletters many times over. */
const MAX_BODY = 3_000_000;
const MIN_SHARE_OF_PLAIN = 0.2;

class PieceReader {
  readonly body: ReadBody = { lines: [], notes: new Set(), encryption: null, hasAttachedMail: false };

  constructor(private readonly options: ReadOptions) {}

  add(piece: BodyPiece): void {
    const lines = this.linesOf(piece);
    if (this.body.lines.length > 0 && lines.length > 0) this.body.lines.push({ text: '', depth: 0 });
    for (const line of lines) this.body.lines.push(line);
  }

  private linesOf(piece: BodyPiece): Line[] {
    switch (piece.kind) {
      case 'attached-mail':
        this.body.hasAttachedMail = true;
        return attachedHead(piece.part);
      case 'plain':
        return this.plain(piece.part);
      case 'html': {
        const lines = this.html(this.bounded(htmlText(piece.part)));
        if (!piece.fallback) return lines;
        if (sizeOf(lines) > 0 && sizeOf(lines) >= sizeOf(this.plain(piece.fallback)) * MIN_SHARE_OF_PLAIN)
          return lines;
        return this.plain(piece.fallback);
      }
    }
  }

  private html(source: string): Line[] {
    const read = htmlLines(source, { ...this.options, showsAlternatives: false });
    if (read.hidText) this.body.notes.add('hidden-text-dropped');
    if (read.isTruncated) this.body.notes.add('truncated');
    if (sizeOf(read.lines) > 0) return read.lines;
    return htmlLines(source, { ...this.options, showsAlternatives: true }).lines;
  }

  private plain(part: MailPart): Line[] {
    const { text, isEncrypted, isSigned } = stripPgpArmour(this.bounded(part.text()));
    if (isEncrypted) this.body.encryption ??= 'PGP';
    if (isSigned) this.body.notes.add('signed');
    if (/^\s*<(?:!doctype html|html|head|body)\b/i.test(text.slice(0, 500))) return this.html(text);
    return plainLines(text, {
      isFlowed: part.params.get('format')?.toLowerCase() === 'flowed',
      deletesSpace: part.params.get('delsp')?.toLowerCase() === 'yes',
    });
  }

  private bounded(text: string): string {
    if (text.length <= MAX_BODY) return text;
    this.body.notes.add('truncated');
    return text.slice(0, MAX_BODY);
  }
}

const sizeOf = (lines: readonly Line[]): number =>
  lines.reduce((sum, line) => sum + (isBlank(line) ? 0 : line.text.length), 0);

/** Where the part does not tell its charset, the document may. */
function htmlText(part: MailPart): string {
  if (part.params.has('charset')) return part.text();
  const bytes = part.bytes();
  const declared = /<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{2,40})/i.exec(
    bytes.subarray(0, 4_096).toString('latin1'),
  );
  if (!declared) return part.text();
  return decodeCharset(bytes, /^utf-?16/i.test(declared[1] ?? '') ? 'utf-8' : declared[1]);
}

function attachedHead(mail: MailPart): Line[] {
  const fields = [
    ['From', mail.headers.text('from')],
    ['Date', mail.headers.text('date')],
    ['Subject', mail.headers.text('subject')],
  ];
  const shown = fields
    .filter(([, value]) => value !== '')
    .map(([name = '', value = '']): Line => ({ text: `${name}: ${value}`, depth: 0 }));
  return [{ text: '[Attached mail]', depth: 0, mark: 'forward-start' }, ...shown, { text: '', depth: 0 }];
}

/** Reads the selected pieces of a mail as lines. */
export function readPieces(pieces: readonly BodyPiece[], options: ReadOptions): ReadBody {
  const reader = new PieceReader(options);
  for (const piece of pieces) reader.add(piece);
  return reader.body;
}
