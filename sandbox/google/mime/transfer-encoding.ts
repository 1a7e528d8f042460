const equals = 0x3d;
const lineFeed = 0x0a;

/** The bytes behind a Content-Transfer-Encoding. Never throws: what cannot be decoded is kept as it stands. */
export function decodeTransfer(bytes: Buffer, encoding: string | undefined): Buffer {
  const name = encoding?.trim().toLowerCase();
  if (name === 'base64') return Buffer.from(bytes.toString('latin1'), 'base64');
  if (name === 'quoted-printable') return decodeQuotedPrintable(bytes);
  return bytes;
}

/** Decodes quoted-printable (RFC 2045 section 6.7), soft line breaks included. */
export function decodeQuotedPrintable(bytes: Buffer): Buffer {
  const out = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte !== equals) {
      out[length++] = byte;
      continue;
    }
    const softBreak = softBreakLength(bytes, at + 1);
    const value = softBreak > 0 ? -1 : hexPair(bytes[at + 1], bytes[at + 2]);
    if (softBreak > 0) at += softBreak;
    else if (value >= 0) {
      out[length++] = value;
      at += 2;
    } else out[length++] = byte;
  }
  return out.subarray(0, length);
}

// Blanks may have been added between "=" and the line's end on the way.
function softBreakLength(bytes: Buffer, start: number): number {
  let at = start;
  while (bytes[at] === 0x20 || bytes[at] === 0x09 || bytes[at] === 0x0d) at += 1;
  return bytes[at] === lineFeed ? at - start + 1 : 0;
}

function hexPair(high: number | undefined, low: number | undefined): number {
  const pair = hexDigit(high) * 16 + hexDigit(low);
  return Number.isNaN(pair) ? -1 : pair;
}

function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return Number.NaN;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte & 0xdf;
  return letter >= 0x41 && letter <= 0x46 ? letter - 0x37 : Number.NaN;
}
