import { randomBytes } from 'node:crypto';
import { hashOpaqueToken } from '../../kernel/crypto/opaque-token';
import { base32 } from './totp';

const codesPerUser = 10;

/** Ten fresh codes of 80 random bits each, as a person writes them down: four groups of four letters and digits. */
export function createRecoveryCodes(): string[] {
  return Array.from({ length: codesPerUser }, () => base32(randomBytes(10)).replace(/(.{4})(?=.)/g, '$1-'));
}

/** What is kept of a code, however it was typed. */
export function hashRecoveryCode(code: string): Buffer<ArrayBuffer> {
  return hashOpaqueToken(code.toUpperCase().replace(/[^A-Z2-7]/g, ''));
}
