import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A secret that is handed out once, and the only thing that is kept of it. */
export interface OpaqueToken {
  readonly token: string;
  /** 32 bytes. */
  readonly hash: Buffer<ArrayBuffer>;
}

/** 256 random bits in base64url, and their hash. A prefix tells a person or a leak scanner what the token is for. */
export function createOpaqueToken(prefix = ''): OpaqueToken {
  const token = prefix + randomBytes(32).toString('base64url');
  return { token, hash: hashOpaqueToken(token) };
}

/** SHA-256, 32 bytes: a token of 256 random bits needs no salt and no slow hash. */
export function hashOpaqueToken(token: string): Buffer<ArrayBuffer> {
  return Buffer.from(createHash('sha256').update(token).digest());
}

/** Whether two secrets are the same, in a time that tells neither where they differ nor how long they are. */
export function isSameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(hashOpaqueToken(given), hashOpaqueToken(expected));
}
