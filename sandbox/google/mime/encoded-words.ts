import { decodeText } from './charset';
import { decodeQuotedPrintable } from './transfer-encoding';

const encodedWord = /=\?([^?*\s]+)(?:\*[^?\s]*)?\?([BbQq])\?([^?\s]*)\?=/g;
const betweenWords = /(=\?[^?\s]+\?[BbQq]\?[^?\s]*\?=)\s+(?==\?[^?\s]+\?[BbQq]\?[^?\s]*\?=)/g;

// Charsets that switch by escape sequences begin afresh in each word.
const stateful = /^(?:iso-2022-|hz)/i;

/** Decodes the encoded words (RFC 2047) of a header value; words of an unknown charset stay as they are. */
export function decodeEncodedWords(value: string): string {
  if (!value.includes('=?')) return value;
  const runs = value.replace(betweenWords, '$1');
  let decoded = '';
  let at = 0;
  let pending: { charset: string; bytes: Buffer[]; source: string } | undefined;
  const flush = (): void => {
    if (pending) decoded += decodeText(Buffer.concat(pending.bytes), pending.charset) ?? pending.source;
    pending = undefined;
  };
  for (const match of runs.matchAll(encodedWord)) {
    const [source, charset = '', encoding = '', text = ''] = match;
    if (match.index > at || pending?.charset !== charset.toLowerCase() || stateful.test(charset)) flush();
    decoded += runs.slice(at, match.index);
    // Neighbours are joined as bytes first: careless mailers split a character between two words.
    pending ??= { charset: charset.toLowerCase(), bytes: [], source: '' };
    pending.bytes.push(wordBytes(encoding, text));
    pending.source += source;
    at = match.index + source.length;
  }
  flush();
  return decoded + runs.slice(at);
}

function wordBytes(encoding: string, text: string): Buffer {
  if (encoding.toUpperCase() === 'B') return Buffer.from(text, 'base64');
  return decodeQuotedPrintable(Buffer.from(text.replaceAll('_', '=20'), 'latin1'));
}
