import { TextDecoder } from 'node:util';
import * as iconv from 'iconv-lite';
import { decodeHz, decodeIso2022Kr } from './stateful-charsets';

const ALIASES: Readonly<Record<string, string>> = {
  'unicode-1-1-utf-7': 'utf-7',
  utf7: 'utf-7',
  utf8: 'utf-8',
  'iso-8859-8-e': 'iso-8859-8',
  'hz-gb2312': 'hz-gb-2312',
  hz: 'hz-gb-2312',
  'x-mac-roman': 'macintosh',
  'ks_c_5601-1987': 'euc-kr',
  cp949: 'euc-kr',
  'x-windows-949': 'euc-kr',
  cp932: 'shift_jis',
  'cp-850': 'cp850',
  ansi_x3: 'us-ascii',
};
const ASCII_LIKE = new Set([
  '',
  'us-ascii',
  'ascii',
  'ansi_x3.4-1968',
  'unknown-8bit',
  'x-unknown',
  'default',
  'binary',
  '7bit',
  '8bit',
]);

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });
const looseUtf8 = new TextDecoder('utf-8');
const windows1252 = new TextDecoder('windows-1252');

function platformDecoder(label: string): TextDecoder | null {
  try {
    return new TextDecoder(label);
  } catch {
    return null;
  }
}

function tryUtf8(bytes: Uint8Array): string | null {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return null;
  }
}

const isJis = (bytes: Uint8Array): boolean => {
  const at = bytes.indexOf(0x1b);
  return at >= 0 && bytes[at + 1] === 0x24 && (bytes[at + 2] === 0x42 || bytes[at + 2] === 0x40);
};

/** No charset was told, or an empty promise: UTF-8 where it is valid, else the most common 8-bit set. */
function guess(bytes: Uint8Array): string {
  if (isJis(bytes)) return new TextDecoder('iso-2022-jp').decode(bytes);
  return tryUtf8(bytes) ?? windows1252.decode(bytes);
}

/** Declared UTF-8 but invalid: a few torn characters stay UTF-8, a text in another set does not. */
function brokenUtf8(bytes: Uint8Array): string {
  const loose = looseUtf8.decode(bytes);
  let torn = 0;
  let whole = 0;
  for (const char of loose) {
    if (char === '\ufffd') torn++;
    else if (char > '\u007f') whole++;
  }
  return torn > whole ? windows1252.decode(bytes) : loose.replaceAll('\ufffd', '');
}

function utf16(bytes: Uint8Array, label: string): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (label !== 'utf-16') return new TextDecoder(label).decode(bytes);
  let evenZeros = 0;
  let oddZeros = 0;
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    if (bytes[at] === 0) evenZeros++;
    if (bytes[at + 1] === 0) oddZeros++;
  }
  return new TextDecoder(oddZeros > evenZeros ? 'utf-16le' : 'utf-16be').decode(bytes);
}

/**
 * Bytes to text by a declared charset. Reads all of the WHATWG encodings, utf-7, iso-2022-kr, hz-gb-2312 and
 * what iconv-lite adds. Never throws: an unknown or absent charset is guessed.
 */
export function decodeCharset(bytes: Uint8Array, declared = ''): string {
  const trimmed = declared
    .trim()
    .toLowerCase()
    .replace(/^["']|["']$/g, '');
  const label = ALIASES[trimmed] ?? trimmed;
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return looseUtf8.decode(bytes);
  if (ASCII_LIKE.has(label)) return guess(bytes);
  if (label === 'utf-8') return tryUtf8(bytes) ?? brokenUtf8(bytes);
  if (label === 'iso-2022-kr') return decodeIso2022Kr(bytes);
  if (label === 'hz-gb-2312') return decodeHz(bytes);
  if (label === 'utf-16' || label === 'utf-16le' || label === 'utf-16be') return utf16(bytes, label);
  if (label === 'utf-7') return iconv.decode(Buffer.from(bytes), 'utf-7');
  const decoder = platformDecoder(label);
  if (decoder && decoder.encoding !== 'replacement') return decoder.decode(bytes);
  return iconv.encodingExists(label) ? iconv.decode(Buffer.from(bytes), label) : guess(bytes);
}

/** A header or a Gmail body: text that should be UTF-8 whatever was declared; the declaration is the fallback. */
export function decodeUtf8First(bytes: Uint8Array, declared = ''): string {
  return tryUtf8(bytes) ?? decodeCharset(bytes, declared);
}
