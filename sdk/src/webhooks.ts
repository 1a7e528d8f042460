import { InbriefProblem } from './problem.ts';

interface Told<T extends string, D> {
  /** The `webhook-id`: an event that came before has the same one. */
  id: string;
  type: T;
  /** When it happened, ISO 8601. */
  timestamp: string;
  data: D;
}

/** What Inbrief posts to an endpoint; `type` tells which. */
export type WebhookEvent =
  | Told<
      'summary.stored',
      { summaryId: string; emailId: string; category: string | null; urgency: string | null }
    >
  | Told<
      'run.finished',
      {
        runId: string;
        connectionId: string;
        /** Counted from 1: what is told of a later one replaces what was told before. */
        revision: number;
        /** How the search for its mails ended. */
        state: 'done' | 'failed' | 'cancelled';
        /** How many mails are in each state. */
        mails: Record<string, number>;
        credits: { captured: number; released: number };
      }
    >
  | Told<'credits.low', { available: number }>
  | Told<'connection.needs_reauth', { connectionId: string; reasonCode: string }>
  | Told<'webhook.test', { endpointId: string }>;

/** Headers as `fetch` or as Node has them. */
export type WebhookHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

export interface VerifyOptions {
  /** Seconds that the message may be older or newer than now. Default 300. */
  toleranceSeconds?: number;
  /** Milliseconds since 1970. Default: now. */
  now?: number;
}

/**
 * The event of a webhook that was surely sent by Inbrief, lately (Standard Webhooks 1.0, in constant time).
 * @param payload the body as it came: parsed and written again, it has another signature.
 * @param secret the endpoint's `whsec_…`, or several while one is rotated.
 * @throws InbriefProblem `sdk.webhook-refused`: answer 400 and do nothing.
 */
export async function verifyWebhook(
  payload: string | Uint8Array,
  headers: WebhookHeaders,
  secret: string | readonly string[],
  { toleranceSeconds = 300, now = Date.now() }: VerifyOptions = {},
): Promise<WebhookEvent> {
  const id = headerOf(headers, 'webhook-id');
  const timestamp = headerOf(headers, 'webhook-timestamp');
  const given = headerOf(headers, 'webhook-signature')
    .split(' ')
    .flatMap((signature) => (signature.startsWith('v1,') ? [bytesOf(signature.slice(3))] : []));
  const age = Math.abs(now / 1_000 - Number(timestamp));
  if (!/^\d+$/.test(timestamp) || age > toleranceSeconds) throw refused('It is too old, or of the future.');
  const body = typeof payload === 'string' ? payload : new TextDecoder().decode(payload);
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${body}`);
  for (const each of typeof secret === 'string' ? [secret] : secret) {
    const key = await keyOf(each);
    for (const signature of given)
      if (await crypto.subtle.verify('HMAC', key, signature, signed)) return JSON.parse(body) as WebhookEvent;
  }
  throw refused('No signature of it was made with this secret.');
}

function keyOf(secret: string): ReturnType<typeof crypto.subtle.importKey> {
  const raw = bytesOf(secret.replace(/^whsec_/, ''));
  if (raw.length === 0) throw refused('The secret is none that an endpoint has.');
  return crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
}

function headerOf(headers: WebhookHeaders, name: string): string {
  const value =
    headers instanceof Headers
      ? headers.get(name)
      : Object.entries(headers).find(([header]) => header.toLowerCase() === name)?.[1];
  if (typeof value !== 'string' || value === '') throw refused(`It has no ${name}.`);
  return value;
}

/** Empty for what is no base64. */
function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}

function refused(detail: string): InbriefProblem {
  return new InbriefProblem({ code: 'sdk.webhook-refused', detail });
}
