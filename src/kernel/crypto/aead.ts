import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';

const algorithm = 'aes-256-gcm';
export const ivBytes = 12;
export const tagBytes = 16;

/** AES-256-GCM with a fresh random IV: IV, ciphertext, tag. */
export function seal(key: KeyObject, plaintext: Uint8Array, aad: Uint8Array): Buffer<ArrayBuffer> {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, key, iv, { authTagLength: tagBytes }).setAAD(aad);
  return Buffer.concat([iv, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** What `seal` was given. The tag is all of 16 bytes: Node alone would accept one of 4. @throws Error otherwise. */
export function open(key: KeyObject, sealed: Buffer, aad: Uint8Array): Buffer<ArrayBuffer> {
  if (sealed.length < ivBytes + tagBytes) throw new Error('Too short to be sealed');
  const iv = sealed.subarray(0, ivBytes);
  const decipher = createDecipheriv(algorithm, key, iv, { authTagLength: tagBytes }).setAAD(aad);
  decipher.setAuthTag(sealed.subarray(-tagBytes));
  return Buffer.concat([decipher.update(sealed.subarray(ivBytes, -tagBytes)), decipher.final()]);
}
