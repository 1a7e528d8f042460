import { createHash } from 'node:crypto';

/** A Google account: its mail address, its name and the number that Google calls it by. */
export interface Account {
  email: string;
  name: string;
  /** 21 digits, the same in each run. */
  sub: string;
}

export function makeAccount(email: string, name?: string): Account {
  const digest = createHash('sha256').update(email.toLowerCase()).digest();
  const digits = (digest.readBigUInt64BE() % 10n ** 20n).toString().padStart(20, '0');
  return { email: email.toLowerCase(), name: name ?? nameFrom(email), sub: `1${digits}` };
}

function nameFrom(email: string): string {
  const words = (email.split('@')[0] ?? email).split(/[._-]+/);
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
}
