import { hkdfSync } from 'node:crypto';

/** What a refresh token carries besides its encoding: 256 random bits. */
const secretBytes = 32;

/**
 * Hides the token `next` so that only `token`, which it takes over from, uncovers it again: a parallel refresh is answered
 * with the same successor, while the database alone tells nobody what it is. A pad that is derived from 256 random bits and
 * used once needs no cipher around it, and what comes out is checked against the hashes.
 */
export function coverSuccessor(next: string, token: string): Buffer<ArrayBuffer> {
  return xor(Buffer.from(next, 'base64url'), padOf(token));
}

/** The token that `coverSuccessor` hid behind this one. */
export function uncoverSuccessor(covered: Uint8Array, token: string): string {
  return xor(covered, padOf(token)).toString('base64url');
}

function padOf(token: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', token, '', 'inbrief refresh token successor', secretBytes));
}

function xor(text: Uint8Array, pad: Uint8Array): Buffer<ArrayBuffer> {
  return Buffer.from(Uint8Array.from(text, (byte, index) => byte ^ (pad[index] ?? 0)));
}
