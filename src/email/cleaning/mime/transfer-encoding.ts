const EQUALS = 0x3d;
const NEWLINE = 0x0a;
const RETURN = 0x0d;

function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

/** Quoted-printable to bytes; an invalid escape stays as it is. */
export function decodeQuotedPrintable(source: Uint8Array): Buffer {
  const out = Buffer.allocUnsafe(source.length);
  let length = 0;
  for (let at = 0; at < source.length; at++) {
    const byte = source[at] ?? 0;
    if (byte !== EQUALS) {
      out[length++] = byte;
      continue;
    }
    const high = hexDigit(source[at + 1]);
    const low = hexDigit(source[at + 2]);
    if (high >= 0 && low >= 0) {
      out[length++] = high * 16 + low;
      at += 2;
      continue;
    }
    let end = at + 1;
    while (source[end] === 0x20 || source[end] === 0x09) end++;
    if (source[end] === RETURN) end++;
    if (end >= source.length || source[end] === NEWLINE) at = end;
    else out[length++] = byte;
  }
  return out.subarray(0, length);
}

/** Base64 to bytes; skips what is no base64 and goes on after padding in the middle. */
export function decodeBase64(source: string): Buffer {
  const padding = source.indexOf('=');
  if (padding < 0 || /^[=\s]*$/.test(source.slice(padding, padding + 100)))
    return Buffer.from(source, 'base64');
  return Buffer.concat(source.split(/=+/).map((chunk) => Buffer.from(chunk, 'base64')));
}

/** Uuencoded text between `begin` and `end` to bytes. */
export function decodeUuencode(source: string): Buffer {
  const out: number[] = [];
  for (const line of source.split(/\r?\n/)) {
    if (line === 'end') break;
    if (line.startsWith('begin ') || line === '') continue;
    const count = (line.charCodeAt(0) - 32) & 63;
    const six = (at: number): number => ((line.charCodeAt(at) || 32) - 32) & 63;
    for (let at = 1, left = count; left > 0; at += 4, left -= 3) {
      const word = (six(at) << 18) | (six(at + 1) << 12) | (six(at + 2) << 6) | six(at + 3);
      out.push(...[word >> 16, (word >> 8) & 255, word & 255].slice(0, left));
    }
  }
  return Buffer.from(out);
}

/** A body's bytes without its `Content-Transfer-Encoding`; an unknown encoding is taken as none. */
export function decodeTransfer(bytes: Buffer, encoding: string): Buffer {
  switch (encoding.trim().toLowerCase()) {
    case 'base64':
      return decodeBase64(bytes.toString('latin1'));
    case 'quoted-printable':
      return decodeQuotedPrintable(bytes);
    case 'uuencode':
    case 'x-uuencode':
    case 'x-uue':
      return decodeUuencode(bytes.toString('latin1'));
    default:
      return bytes;
  }
}
