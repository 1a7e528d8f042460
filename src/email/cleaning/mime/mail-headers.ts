import { decodeCharset } from './charset';
import { decodeWords } from './encoded-words';

/** A structured header's first token and its parameters. */
export interface StructuredValue {
  value: string;
  params: ReadonlyMap<string, string>;
}

/** Header fields of one part; names are case-blind, the first of several wins. */
export class MailHeaders {
  private readonly fields = new Map<string, string>();

  /** `value` is unfolded already. */
  add(name: string, value: string): void {
    const key = name.trim().toLowerCase();
    if (!this.fields.has(key)) this.fields.set(key, value.trim());
  }

  get count(): number {
    return this.fields.size;
  }

  has(name: string): boolean {
    return this.fields.has(name);
  }

  /** As it was sent; '' where absent. */
  raw(name: string): string {
    return this.fields.get(name) ?? '';
  }

  /** Decoded text on one line; '' where absent. */
  text(name: string): string {
    return decodeWords(this.raw(name)).replace(/\s+/g, ' ').trim();
  }

  structured(name: string): StructuredValue {
    return parseStructured(this.raw(name));
  }
}

/** Splits at semicolons outside quotes, one pass. */
function splitParams(source: string): string[] {
  const pieces: string[] = [];
  let quoted = false;
  let piece = '';
  for (let at = 0; at < source.length; at++) {
    const char = source.charAt(at);
    if (char === '\\' && quoted) piece += source.charAt(++at);
    else if (char === '"') quoted = !quoted;
    else if (char === ';' && !quoted) {
      pieces.push(piece);
      piece = '';
    } else piece += char;
  }
  return [...pieces, piece];
}

function decodeExtended(value: string, charset: string): string {
  const bytes = Buffer.from(
    value.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  );
  return decodeCharset(bytes, charset);
}

/** RFC 2045 parameters with RFC 2231 continuations (`name*0*=`) and charsets (`name*=utf-8''`). */
export function parseStructured(source: string): StructuredValue {
  const [value = '', ...rest] = splitParams(source);
  const params = new Map<string, string>();
  const continued = new Map<string, string[]>();
  for (const piece of rest) {
    const equals = piece.indexOf('=');
    if (equals < 0) continue;
    const key = piece.slice(0, equals).trim().toLowerCase();
    const text = piece.slice(equals + 1).trim();
    const star = key.indexOf('*');
    if (star < 0) {
      if (!params.has(key)) params.set(key, decodeWords(text));
      continue;
    }
    const name = key.slice(0, star);
    const index = Math.min(Number.parseInt(key.slice(star + 1), 10) || 0, 999);
    const chunks = continued.get(name) ?? [];
    chunks[index] = text;
    continued.set(name, chunks);
  }
  for (const [name, chunks] of continued) {
    const joined = chunks.join('');
    const [, charset = 'utf-8', encoded = joined] = /^([\w.-]{0,40})'[^']{0,40}'(.*)$/s.exec(joined) ?? [];
    params.set(name, decodeExtended(encoded, charset));
  }
  return { value: value.trim().toLowerCase(), params };
}
