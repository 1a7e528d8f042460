import { randomBytes } from 'node:crypto';
import { createKeyRing, parseKeyRing } from './key-ring';
import { type CipherPlace, TokenCipher } from './token-cipher';

const v1 = randomBytes(32);
const v2 = randomBytes(32);
const before = new TokenCipher(createKeyRing('v1', { v1 }));
const during = new TokenCipher(createKeyRing('v2', { v1, v2 }));
const after = new TokenCipher(createKeyRing('v2', { v2 }));
const place: CipherPlace = { userId: 'u1', provider: 'google', column: 'refresh_token', rowId: 'r1' };
const refusal = expect.objectContaining({ code: 'crypto.cannot-decrypt', kind: 'internal' });

describe('TokenCipher', () => {
  it('gives back what it was given, from bytes that never repeat', () => {
    const first = before.encrypt('1//träger-🎫', place);
    const second = before.encrypt('1//träger-🎫', place);
    expect(before.decrypt(first, place)).toBe('1//träger-🎫');
    expect(first.equals(second)).toBe(false);
    expect(first.toString('latin1')).not.toContain('träger');
    expect(before.decrypt(before.encrypt('', place), place)).toBe('');
  });

  it('reads a view into a larger buffer, as a database driver gives it', () => {
    const ciphertext = before.encrypt('token', place);
    const padded = new Uint8Array(ciphertext.length + 20);
    padded.set(ciphertext, 10);
    expect(before.decrypt(padded.subarray(10, 10 + ciphertext.length), place)).toBe('token');
  });

  // Mutant: no associated data.
  it.each(['userId', 'provider', 'column', 'rowId'] as const)(
    'refuses a ciphertext moved to another %s',
    (part) => {
      const ciphertext = before.encrypt('token', place);
      expect(() => before.decrypt(ciphertext, { ...place, [part]: 'other' })).toThrow(refusal);
    },
  );

  // Mutant: parts joined without a separator that cannot occur in them.
  it('tells places apart whose parts join to the same text', () => {
    const ciphertext = before.encrypt('token', { ...place, userId: 'u', provider: '1","google' });
    expect(() => before.decrypt(ciphertext, { ...place, userId: 'u","1', provider: 'google' })).toThrow(
      refusal,
    );
  });

  it('refuses every truncation and every changed byte', () => {
    const ciphertext = before.encrypt('token', place);
    for (let length = 0; length < ciphertext.length; length++)
      expect(() => before.decrypt(ciphertext.subarray(0, length), place)).toThrow(refusal);
    for (let at = 0; at < ciphertext.length; at++) {
      const changed = Buffer.from(ciphertext);
      changed.writeUInt8((changed[at] ?? 0) ^ 1, at);
      expect(() => before.decrypt(changed, place)).toThrow(refusal);
    }
  });

  // Mutant: a tag that is whatever is left behind a payload of known length, without `authTagLength`.
  it('refuses a tag of 4 bytes', () => {
    const ciphertext = before.encrypt('a longer token', place);
    const shortTag = Buffer.concat([ciphertext.subarray(0, -16), ciphertext.subarray(-16, -12)]);
    expect(() => before.decrypt(shortTag, place)).toThrow(refusal);
  });

  it('re-wraps to the current key, after which the old key is not needed', () => {
    const old = before.encrypt('token', place);
    expect(during.decrypt(old, place)).toBe('token');
    const rewrapped = during.rewrap(old);
    expect(rewrapped && after.decrypt(rewrapped, place)).toBe('token');
    expect(() => after.decrypt(old, place)).toThrow(refusal);
  });

  it('touches no payload while it re-wraps', () => {
    const old = before.encrypt('token', place);
    const sealedValueBytes = 12 + 'token'.length + 16;
    expect(during.rewrap(old)?.subarray(-sealedValueBytes)).toEqual(old.subarray(-sealedValueBytes));
  });

  it('has nothing to re-wrap under the current key, and cannot without the old one', () => {
    expect(during.rewrap(during.encrypt('token', place))).toBeNull();
    expect(() => after.rewrap(before.encrypt('token', place))).toThrow(refusal);
  });
});

describe('a key ring', () => {
  it('encrypts with the first entry of its list and reads with all', () => {
    const ring = parseKeyRing([`v2:${v2.toString('base64')}`, `v1:${v1.toString('base64')}`]);
    expect(ring.current).toBe('v2');
    expect(new TokenCipher(ring).decrypt(before.encrypt('token', place), place)).toBe('token');
  });

  it.each([
    ['a short key', () => createKeyRing('v1', { v1: randomBytes(16) })],
    ['a missing current key', () => createKeyRing('v2', { v1 })],
    ['an unfit version', () => createKeyRing('a very long version name', { 'a very long version name': v1 })],
    ['no key at all', () => parseKeyRing([])],
    ['two keys of one version', () => parseKeyRing([v1, v2].map((key) => `v1:${key.toString('base64')}`))],
  ])('is refused with %s', (_name, make) => {
    expect(make).toThrow();
  });
});
