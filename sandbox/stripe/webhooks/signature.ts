import { createHmac } from 'node:crypto';

/** The `Stripe-Signature` header: one `v1` for each secret, so that both hold while an endpoint rotates. */
export function signatureHeader(payload: string, secrets: string[], timestamp: number): string {
  const signed = secrets.map((secret) => {
    const digest = createHmac('sha256', secret).update(`${timestamp}.${payload}`).digest('hex');
    return `v1=${digest}`;
  });
  return [`t=${timestamp}`, ...signed].join(',');
}
