import { decodeCharset } from './charset';
import { MailHeaders, type StructuredValue } from './mail-headers';
import { type MailPart } from './mail-part';
import { decodeTransfer } from './transfer-encoding';

/** Beyond these a mail is an attack; the rest of it is left unread. */
const MAX_PARTS = 5_000;
const MAX_DEPTH = 2_000;
const MAX_HEADER_BYTES = 512 * 1024;

const MAX_GUESS = 64 * 1024;
const GUESSED_BOUNDARY = /(?:^|\n)--([^\s-][^\r\n]{0,98}?)[ \t]*\r?\n(?=content-)/i;

interface Level {
  part: MailPart;
  boundary: string;
}

/** A position right after the header block, and what it held. */
interface HeaderBlock {
  headers: MailHeaders;
  bodyStart: number;
}

/** One pass over the bytes: an explicit stack instead of recursion, so depth costs no call stack. */
class MimeReader {
  private readonly stack: Level[] = [];
  private readonly depthOf = new Map<string, number>();
  private readonly source: string;
  private partCount = 0;

  constructor(private readonly bytes: Buffer) {
    this.source = bytes.toString('latin1');
  }

  read(): MailPart {
    const block = this.readHeaders(0);
    const root = this.makePart(block.headers);
    let bodyStart = this.open(root, block.bodyStart);
    let leaf: MailPart | null = leafOf(root);
    let at = Math.max(0, bodyStart - 1);
    while (this.stack.length > 0) {
      const hit = this.nextDashes(at);
      if (hit < 0) break;
      const lineEnd = this.endOfLine(hit);
      const line = this.source.slice(hit + 2, Math.min(lineEnd, hit + 300)).trimEnd();
      const depth = this.depthOf.get(line);
      const closing =
        depth === undefined && line.endsWith('--') ? this.depthOf.get(line.slice(0, -2)) : undefined;
      at = lineEnd;
      if (depth === undefined && closing === undefined) continue;
      if (leaf) this.setBody(leaf, bodyStart, this.beforeNewline(hit));
      if (closing !== undefined) {
        this.truncate(closing);
        leaf = null;
        continue;
      }
      if (++this.partCount > MAX_PARTS) return root;
      this.truncate((depth ?? 0) + 1);
      const child = this.readHeaders(lineEnd + 1);
      const part = this.makePart(child.headers);
      this.stack.at(-1)?.part.parts.push(part);
      bodyStart = this.open(part, child.bodyStart);
      leaf = leafOf(part);
      at = Math.max(lineEnd, bodyStart - 1);
    }
    if (leaf) this.setBody(leaf, bodyStart, this.bytes.length);
    return root;
  }

  /** A multipart waits for its boundary; an attached message is entered at once. Gives where the leaf's body starts. */
  private open(part: MailPart, start: number): number {
    let current = part;
    let at = start;
    while (current.mimeType === 'message/rfc822' && !isEncoded(current)) {
      if (++this.partCount > MAX_PARTS) return at;
      const inner = this.readHeaders(at);
      const child = this.makePart(inner.headers, current.mimeType);
      current.parts.push(child);
      current = child;
      at = inner.bodyStart;
    }
    const boundary = current.mimeType.startsWith('multipart/') ? this.boundaryOf(current, at) : '';
    if (boundary !== '' && this.stack.length < MAX_DEPTH) {
      this.depthOf.set(boundary, this.stack.length);
      this.stack.push({ part: current, boundary });
    }
    return at;
  }

  /** Of a mail whose declared boundary is wrong or missing, the first line that looks like one. */
  private boundaryOf(part: MailPart, bodyStart: number): string {
    const declared = part.params.get('boundary')?.trimEnd() ?? '';
    if (this.stack.length > 0 || (declared !== '' && this.source.includes(`--${declared}`, bodyStart)))
      return declared;
    const body = this.source.slice(bodyStart, bodyStart + MAX_GUESS);
    return GUESSED_BOUNDARY.exec(body)?.[1] ?? declared;
  }

  private truncate(length: number): void {
    while (this.stack.length > length) {
      const level = this.stack.pop();
      if (level && this.depthOf.get(level.boundary) === this.stack.length)
        this.depthOf.delete(level.boundary);
    }
  }

  private nextDashes(from: number): number {
    const at = this.source.indexOf('\n--', from);
    return at < 0 ? -1 : at + 1;
  }

  private endOfLine(from: number): number {
    const at = this.source.indexOf('\n', from);
    return at < 0 ? this.source.length : at;
  }

  /** The line end before a boundary belongs to the boundary. */
  private beforeNewline(at: number): number {
    if (this.source[at - 1] !== '\n') return at;
    return this.source[at - 2] === '\r' ? at - 2 : at - 1;
  }

  private readHeaders(start: number): HeaderBlock {
    const headers = new MailHeaders();
    const limit = Math.min(this.source.length, start + MAX_HEADER_BYTES);
    let name = '';
    let value: string[] = [];
    let at = start;
    const store = (): void => {
      if (name) headers.add(name, value.join(' '));
      name = '';
      value = [];
    };
    while (at < limit) {
      const lineEnd = this.endOfLine(at);
      const line = this.source.slice(at, lineEnd).trimEnd();
      if (line === '') {
        at = lineEnd + 1;
        break;
      }
      if (line.startsWith('--') && (this.isBoundary(line) || !line.includes(':'))) break;
      const colon = line.indexOf(':');
      const isContinuation = line.startsWith(' ') || line.startsWith('\t');
      if (isContinuation) value.push(line.trim());
      else if (colon > 0 && /^[\x21-\x7e]{1,200}[ \t]*$/.test(line.slice(0, colon))) {
        store();
        name = line.slice(0, colon);
        value = [line.slice(colon + 1).trim()];
      } else if (headers.count === 0 && name === '' && !/^>?From /.test(line)) break;
      at = lineEnd + 1;
    }
    store();
    return { headers, bodyStart: Math.min(at, this.source.length) };
  }

  private isBoundary(line: string): boolean {
    const mark = line.slice(2);
    return this.depthOf.has(mark) || (mark.endsWith('--') && this.depthOf.has(mark.slice(0, -2)));
  }

  private makePart(headers: MailHeaders, parentType = this.stack.at(-1)?.part.mimeType): MailPart {
    const type = headers.structured('content-type');
    const disposition = headers.structured('content-disposition');
    return {
      mimeType: mimeTypeOf(type, parentType),
      params: type.params,
      headers,
      filename: disposition.params.get('filename') ?? type.params.get('name') ?? '',
      isAttachment: disposition.value === 'attachment',
      parts: [],
      size: 0,
      bytes: () => Buffer.alloc(0),
      text: () => '',
    };
  }

  private setBody(part: MailPart, start: number, end: number): void {
    const raw = this.bytes.subarray(start, Math.max(start, end));
    const encoding = part.headers.structured('content-transfer-encoding').value;
    part.size = encoding === 'base64' ? Math.floor((raw.length * 73) / 100) : raw.length;
    part.bytes = () => decodeTransfer(raw, encoding);
    part.text = () => decodeCharset(part.bytes(), part.params.get('charset'));
  }
}

const isEncoded = (part: MailPart): boolean =>
  ['base64', 'quoted-printable'].includes(part.headers.structured('content-transfer-encoding').value);

function leafOf(part: MailPart): MailPart {
  let current = part;
  while (current.mimeType === 'message/rfc822' && current.parts[0]) current = current.parts[0];
  return current;
}

function mimeTypeOf(type: StructuredValue, parent: string | undefined): string {
  if (/^[\w!#$&^+.-]+\/[\w!#$&^+.-]+$/.test(type.value)) return type.value;
  if (type.value === 'text') return 'text/plain';
  return parent === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
}

/** Raw RFC 822 bytes to a tree, in linear time. Never throws: what cannot be understood becomes a text part. */
export function parseMime(bytes: Uint8Array): MailPart {
  return new MimeReader(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)).read();
}
