import { invalidArgument } from '../api-error';

/** An opaque page token that carries numbers and ids; it stays right while messages come and go. */
export function writePageToken(...parts: readonly (string | number)[]): string {
  return Buffer.from(parts.join('.')).toString('base64url');
}

/** The parts of a page token. Throws 400 for one that was never given out. */
export function readPageToken(token: string, length: number): string[] {
  const parts = Buffer.from(token, 'base64url').toString('latin1').split('.');
  if (parts.length !== length || !parts.every((part) => /^[0-9a-f]+$/.test(part))) {
    throw invalidArgument('Invalid pageToken');
  }
  return parts;
}
