/**
 * The two 7-bit encodings that neither the platform nor iconv-lite reads. Both switch between ASCII and a
 * double-byte set; shifting the double bytes to the upper half gives EUC, which the platform reads.
 */

const ESC = 0x1b;
const SHIFT_OUT = 0x0e;
const SHIFT_IN = 0x0f;
const NEWLINE = 0x0a;
const TILDE = 0x7e;
const HIGH_BIT = 0x80;

/** ISO-2022-KR (RFC 1557) to text. Never throws; a broken pair becomes U+FFFD. */
export function decodeIso2022Kr(bytes: Uint8Array): string {
  const euc: number[] = [];
  let shifted = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === ESC && bytes[at + 1] === 0x24) at += 3;
    else if (byte === SHIFT_OUT) shifted = true;
    else if (byte === SHIFT_IN) shifted = false;
    else {
      if (byte === NEWLINE) shifted = false;
      euc.push(shifted && byte > 0x20 ? byte | HIGH_BIT : byte);
    }
  }
  return new TextDecoder('euc-kr').decode(Uint8Array.from(euc));
}

/** HZ-GB-2312 (RFC 1843) to text. Never throws; a broken pair becomes U+FFFD. */
export function decodeHz(bytes: Uint8Array): string {
  const euc: number[] = [];
  let shifted = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    const next = bytes[at + 1] ?? 0;
    if (byte === TILDE) {
      at++;
      if (next === 0x7b) shifted = true;
      else if (next === 0x7d) shifted = false;
      else if (next === TILDE) euc.push(TILDE);
    } else if (shifted && byte > 0x20 && next > 0x20) {
      // The second byte of a pair may be a tilde, which then escapes nothing.
      euc.push(byte | HIGH_BIT, next | HIGH_BIT);
      at++;
    } else {
      if (byte === NEWLINE) shifted = false;
      euc.push(byte);
    }
  }
  return new TextDecoder('gb18030').decode(Uint8Array.from(euc));
}
