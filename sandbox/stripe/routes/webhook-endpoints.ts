import type Stripe from 'stripe';
import { missing } from '../wire/errors';
import { type Names, type Route } from '../wire/route';

const base = '/v1/webhook_endpoints';

/** Where events go. The signing secret is told once, by the call that creates an endpoint. */
export const webhookEndpointRoutes: Route[] = [
  {
    method: 'POST',
    url: base,
    accepts: [
      'url',
      'enabled_events',
      'api_version',
      'description',
      'metadata',
    ] satisfies Names<Stripe.WebhookEndpointCreateParams>,
    handle: ({ world, params }) => {
      const enabledEvents = params.texts('enabled_events');
      if (enabledEvents.length === 0) throw missing('enabled_events');
      const endpoint = world.addEndpoint(
        { url: params.need('url'), enabledEvents },
        params.text('description'),
      );
      endpoint.wire.metadata = params.metadata();
      return { ...endpoint.wire, secret: endpoint.secrets[0] };
    },
  },
  {
    method: 'GET',
    url: base,
    accepts: ['limit', 'starting_after', 'ending_before'] satisfies Names<Stripe.WebhookEndpointListParams>,
    handle: ({ world, params }) => {
      const page = world.endpoints.list(base, params);
      return { ...page, data: page.data.map((endpoint) => endpoint.wire) };
    },
  },
  { method: 'GET', url: `${base}/:id`, accepts: [], handle: ({ world, id }) => world.endpoints.get(id).wire },
  {
    method: 'POST',
    url: `${base}/:id`,
    accepts: [
      'url',
      'enabled_events',
      'description',
      'disabled',
      'metadata',
    ] satisfies Names<Stripe.WebhookEndpointUpdateParams>,
    handle: ({ world, params, id }) => {
      const { wire } = world.endpoints.get(id);
      const events = params.texts('enabled_events');
      wire.url = params.text('url') ?? wire.url;
      wire.description = params.text('description') ?? wire.description;
      wire.metadata = params.metadata(wire.metadata);
      if (events.length > 0) wire.enabled_events = events;
      if (params.has('disabled')) wire.status = params.flag('disabled') ? 'disabled' : 'enabled';
      return wire;
    },
  },
  {
    method: 'DELETE',
    url: `${base}/:id`,
    accepts: [],
    handle: ({ world, id }) => {
      world.endpoints.get(id);
      world.endpoints.remove(id);
      return { id, object: 'webhook_endpoint', deleted: true };
    },
  },
];
