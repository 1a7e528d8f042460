import { randomBytes } from 'node:crypto';
import type Stripe from 'stripe';
import { newId } from '../store';

/** An endpoint and its signing secrets, the newest first; the wire shows a secret only once. */
export interface Endpoint {
  id: string;
  created: number;
  wire: Stripe.WebhookEndpoint;
  secrets: string[];
}

/** How a test or the demo registers an endpoint without the API. */
export interface EndpointSeed {
  url: string;
  /** Signing secrets that each delivery is signed with; one is made up when none is given. */
  secrets?: string[];
  /** Event types; `*`, the default, is all of them. */
  enabledEvents?: string[];
}

export const newSecret = (): string => `whsec_${randomBytes(24).toString('base64url').replace(/[-_]/g, '0')}`;

export function newEndpoint(
  seed: EndpointSeed,
  details: { created: number; livemode: boolean; apiVersion: string | null; description?: string },
): Endpoint {
  const id = newId('we');
  const wire: Stripe.WebhookEndpoint = {
    id,
    object: 'webhook_endpoint',
    api_version: details.apiVersion,
    application: null,
    created: details.created,
    description: details.description ?? null,
    enabled_events: seed.enabledEvents ?? ['*'],
    livemode: details.livemode,
    metadata: {},
    status: 'enabled',
    url: seed.url,
  };
  const secrets = seed.secrets?.length ? seed.secrets : [newSecret()];
  return { id, created: details.created, wire, secrets };
}

export const listensTo = (endpoint: Endpoint, type: string): boolean =>
  endpoint.wire.status === 'enabled' &&
  endpoint.wire.enabled_events.some((wanted) => wanted === '*' || wanted === type);
