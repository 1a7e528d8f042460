/** What an endpoint can be told about. */
export const webhookEventTypes = [
  'summary.stored',
  'run.finished',
  'credits.low',
  'connection.needs_reauth',
] as const;

export type WebhookEventType = (typeof webhookEventTypes)[number];

/** Sent when a user asks for it, whatever the endpoint is subscribed to. */
export const testEventType = 'webhook.test';

/** Every type that a delivery can have. */
export const deliveredEventTypes = [...webhookEventTypes, testEventType] as const;

/** The id an event goes by outside: a receiver that has seen it has seen the event. */
export function messageIdOf(eventId: string): string {
  return `msg_${eventId}`;
}

/** The body of an event's message: small, ids and plain facts, never the text of a mail. */
export function payloadOf(eventId: string, type: string, at: string, data: Record<string, unknown>): string {
  return JSON.stringify({ id: messageIdOf(eventId), type, timestamp: at, data });
}
