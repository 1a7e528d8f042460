import { createHmac, randomBytes } from 'node:crypto';

const prefix = 'whsec_';
/** Standard Webhooks asks for 24 to 64. */
const secretBytes = 32;

/** A new signing secret: 256 random bits, written as Standard Webhooks has it. */
export function createSecret(): string {
  return prefix + randomBytes(secretBytes).toString('base64');
}

/** What is signed together; `timestamp` in seconds since 1970, of the attempt and not of the event. */
export interface SignedMessage {
  id: string;
  timestamp: number;
  payload: string;
}

/**
 * The headers of a message, signed by every one of the secrets, so that a receiver may know either while one is rotated.
 * Standard Webhooks 1.0: `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.payload`.
 */
export function signedHeaders(message: SignedMessage, secrets: readonly string[]): Record<string, string> {
  return {
    'webhook-id': message.id,
    'webhook-timestamp': String(message.timestamp),
    'webhook-signature': secrets.map((secret) => signature(message, secret)).join(' '),
  };
}

function signature({ id, timestamp, payload }: SignedMessage, secret: string): string {
  const key = Buffer.from(secret.slice(prefix.length), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${payload}`).digest('base64')}`;
}
