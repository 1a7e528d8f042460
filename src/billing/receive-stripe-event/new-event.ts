import type { NewStripeEvent } from '../stripe-events.repository';
import { handledEvents } from '../domain/stripe-endpoint';

/** What is read of an event as Stripe sends or lists it. `created` is in seconds. */
interface WireEvent {
  id: string;
  type: string;
  created: number;
  livemode: boolean;
  account?: string;
  api_version: string | null;
  data: { object: object };
}

/** The row that an event becomes; the event itself is kept whole. */
export function toNewEvent(event: WireEvent): NewStripeEvent {
  const { id, type, livemode, account = null, api_version: apiVersion, data } = event;
  const objectId = 'id' in data.object && typeof data.object.id === 'string' ? data.object.id : null;
  const occurredAt = new Date(event.created * 1_000);
  const handled = handledEvents.includes(type);
  return { id, type, objectId, livemode, account, apiVersion, payload: event, occurredAt, handled };
}
