import { decodeCharset, decodeUtf8First } from './charset';
import { decodeBase64, decodeQuotedPrintable } from './transfer-encoding';

const ENCODED_WORD = /=\?([^?\s*]{1,40})(?:\*[^?\s]{0,20})?\?([bBqQ])\?([^?]*)\?=/g;

/** A byte string with something to decode; text beyond Latin-1 has been decoded already. */
const hasRawBytes = (text: string): boolean => /[\u0080-\u00ff]/.test(text) && !/[\u0100-\uffff]/.test(text);

interface Word {
  charset: string;
  bytes: Buffer;
}

const bytesOf = (encoding: string, text: string): Buffer =>
  encoding.toLowerCase() === 'b'
    ? decodeBase64(text)
    : decodeQuotedPrintable(Buffer.from(text.replaceAll('_', ' '), 'latin1'));

function flush(words: Word[]): string {
  const [first] = words;
  if (!first) return '';
  const text = decodeCharset(Buffer.concat(words.map((word) => word.bytes)), first.charset);
  words.length = 0;
  return text;
}

/** An unencoded stretch: mail software sends raw UTF-8 or an 8-bit set although it must not. */
const plain = (text: string): string =>
  hasRawBytes(text) ? decodeUtf8First(Buffer.from(text, 'latin1')) : text;

/**
 * RFC 2047: a header value to text. Neighbouring words of one charset are joined before decoding, since senders
 * cut characters in two. Takes a byte string as the MIME parser gives it, or text as Gmail gives it.
 */
export function decodeWords(value: string): string {
  const pending: Word[] = [];
  let out = '';
  let end = 0;
  for (const match of value.matchAll(ENCODED_WORD)) {
    const [whole, charset = '', encoding = '', text = ''] = match;
    const gap = value.slice(end, match.index);
    if (pending.length === 0 || gap.trim() !== '') out += flush(pending) + plain(gap);
    if (pending[0] && pending[0].charset !== charset.toLowerCase()) out += flush(pending);
    pending.push({ charset: charset.toLowerCase(), bytes: bytesOf(encoding, text) });
    end = match.index + whole.length;
  }
  return out + flush(pending) + plain(value.slice(end));
}
