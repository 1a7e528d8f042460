import { decodeText } from './charset';
import { decodeEncodedWords } from './encoded-words';

/** A structured header value such as Content-Type: its lower-case main value and its decoded parameters. */
export interface StructuredValue {
  value: string;
  parameters: ReadonlyMap<string, string>;
}

const parameter = /;\s*([^\s=;]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"?|([^;]*))/g;
const continued = /^([^*]+)\*(\d+)(\*)?$/;

/** Splits a header value into main value and parameters; RFC 2231 continuations and charsets are resolved. */
export function parseStructured(header: string | undefined): StructuredValue {
  const text = header ?? '';
  const semicolon = text.indexOf(';');
  const value = (semicolon === -1 ? text : text.slice(0, semicolon)).trim().toLowerCase();
  const plain = new Map<string, string>();
  const pieces = new Map<string, { index: number; text: string; encoded: boolean }[]>();
  for (const [, rawName = '', quoted, bare = ''] of text.matchAll(parameter)) {
    const name = rawName.toLowerCase();
    const content = quoted === undefined ? bare.trim() : quoted.replaceAll(/\\(.)/g, '$1');
    const [, base, index = '0', star] = continued.exec(name) ?? [];
    if (base !== undefined)
      push(pieces, base, { index: Number(index), text: content, encoded: star !== undefined });
    else if (name.endsWith('*')) push(pieces, name.slice(0, -1), { index: 0, text: content, encoded: true });
    else if (!plain.has(name)) plain.set(name, decodeEncodedWords(content));
  }
  for (const [name, list] of pieces) plain.set(name, joinPieces(list));
  return { value, parameters: plain };
}

function push<T>(map: Map<string, T[]>, key: string, entry: T): void {
  const list = map.get(key);
  if (list) list.push(entry);
  else map.set(key, [entry]);
}

function joinPieces(pieces: { index: number; text: string; encoded: boolean }[]): string {
  const ordered = pieces.toSorted((one, other) => one.index - other.index);
  const [charset] = ordered[0]?.encoded ? (ordered[0].text.split("'") as [string]) : ['utf-8'];
  const bytes = ordered.map((piece, position) => {
    if (!piece.encoded) return Buffer.from(piece.text, 'utf8');
    return percentBytes(position === 0 ? piece.text.split("'").slice(2).join("'") : piece.text);
  });
  const joined = Buffer.concat(bytes);
  return decodeText(joined, charset || 'utf-8') ?? joined.toString('latin1');
}

function percentBytes(text: string): Buffer {
  const latin = text.replaceAll(/%([0-9A-Fa-f]{2})/g, (_match, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  );
  return Buffer.from(latin, 'latin1');
}
