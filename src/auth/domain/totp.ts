import { createHmac, timingSafeEqual } from 'node:crypto';

/** RFC 6238 as every authenticator app speaks it: SHA-1, six digits, steps of 30 seconds. */
const stepMs = 30_000;
const digits = 6;
/** Steps before and after the present one that count, for clocks that disagree. */
const tolerance = 1;

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The code of one time step. */
export function totpAt(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0xf;
  const number = mac.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/** The time step of an instant. */
export function totpStep(now = Date.now()): number {
  return Math.floor(now / stepMs);
}

/** The step whose code this is, when it is near the present one; undefined for a wrong code. */
export function matchTotp(secret: Uint8Array, code: string, now = Date.now()): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const given = Buffer.from(code);
  const present = totpStep(now);
  const near = Array.from({ length: 2 * tolerance + 1 }, (_, index) => present - tolerance + index);
  return near.find((step) => timingSafeEqual(Buffer.from(totpAt(secret, step)), given));
}

/** RFC 4648 base32 without padding, as authenticator apps take a secret. */
export function base32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  const quintets = bits.match(/.{1,5}/g) ?? [];
  return quintets.map((quintet) => alphabet[parseInt(quintet.padEnd(5, '0'), 2)]).join('');
}

/** What a QR code for an authenticator app says. */
export function totpUri(secret: Uint8Array, account: string): string {
  const label = encodeURIComponent(`Inbrief:${account}`);
  return `otpauth://totp/${label}?secret=${base32(secret)}&issuer=Inbrief&algorithm=SHA1&digits=${digits}&period=${stepMs / 1000}`;
}
