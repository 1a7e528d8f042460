import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';

/**
 * The text of `bytes` in the named charset, or undefined when the charset is unknown.
 * Latin-1 is read as windows-1252, as mail programs do.
 */
export function decodeText(bytes: Buffer, charset: string): string | undefined {
  const name = canonical(charset);
  if (name === 'iso-2022-jp') return new TextDecoder(name).decode(bytes);
  if (name === 'hz-gb-2312') return iconv.decode(liftHz(bytes), 'gb2312');
  if (name === 'iso-2022-kr') return iconv.decode(liftShifted(bytes), 'euc-kr');
  return iconv.encodingExists(name) ? iconv.decode(bytes, name) : undefined;
}

/**
 * The same text as UTF-8 bytes. Gmail hands bodies out like this whatever charset their header names; bytes of an
 * unknown or missing charset stay as they are.
 */
export function toUtf8(bytes: Buffer, charset: string | undefined): Buffer {
  if (charset === undefined || canonical(charset) === 'utf-8') return bytes;
  if (canonical(charset) === 'us-ascii' && isUtf8(bytes)) return bytes;
  const text = decodeText(bytes, charset);
  return text === undefined ? bytes : Buffer.from(text, 'utf8');
}

const aliases: Record<string, string> = {
  utf8: 'utf-8',
  'iso-8859-1': 'windows-1252',
  latin1: 'windows-1252',
  'iso-8859-8-i': 'iso-8859-8',
  'iso-8859-8-e': 'iso-8859-8',
  'unicode-1-1-utf-7': 'utf-7',
  'x-gbk': 'gbk',
  hz: 'hz-gb-2312',
};

function canonical(charset: string): string {
  const name = charset.trim().toLowerCase();
  return aliases[name] ?? name;
}

// HZ (RFC 1843): "~{" opens and "~}" closes seven-bit GB 2312; "~~" is a tilde.
function liftHz(bytes: Buffer): Buffer {
  const out: number[] = [];
  let wide = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    const next = bytes[at + 1];
    if (byte === 0x7e && (next === 0x7b || next === 0x7d || next === 0x7e)) {
      if (next === 0x7e) out.push(byte);
      else wide = next === 0x7b;
      at += 1;
    } else out.push(wide && byte > 0x20 ? byte | 0x80 : byte);
  }
  return Buffer.from(out);
}

// ISO-2022-KR (RFC 1557): shift-out opens and shift-in closes seven-bit KS X 1001; the designator says nothing new.
function liftShifted(bytes: Buffer): Buffer {
  const out: number[] = [];
  let wide = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === 0x0e || byte === 0x0f) wide = byte === 0x0e;
    else if (byte === 0x1b && bytes.subarray(at + 1, at + 4).equals(designator)) at += 3;
    else out.push(wide && byte > 0x20 ? byte | 0x80 : byte);
  }
  return Buffer.from(out);
}

const designator = Buffer.from('$)C', 'latin1');
