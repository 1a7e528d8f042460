import type Stripe from 'stripe';
import { invalid } from '../wire/errors';
import { type Names, type Route } from '../wire/route';

const base = '/v1/events';
const maxTypes = 20;

/** Events, for whoever missed their webhook. */
export const eventRoutes: Route[] = [
  {
    method: 'GET',
    url: base,
    accepts: [
      'limit',
      'starting_after',
      'ending_before',
      'created',
      'type',
      'types',
      'delivery_success',
    ] satisfies Names<Stripe.EventListParams>,
    handle: ({ world, params }) => {
      const [type, types, delivered] = [
        params.text('type'),
        params.texts('types'),
        params.flag('delivery_success'),
      ];
      if (type !== undefined && types.length > 0)
        throw invalid('You may pass either type or types, not both.', 'types');
      if (types.length > maxTypes) throw invalid('You may specify up to 20 types.', 'types');
      const wanted = type === undefined ? types : [type];
      return world.events.list(
        base,
        params,
        (event) =>
          (wanted.length === 0 || wanted.some((pattern) => matches(pattern, event.type))) &&
          (delivered === undefined || delivered === (event.pending_webhooks === 0)),
      );
    },
  },
  { method: 'GET', url: `${base}/:id`, accepts: [], handle: ({ world, id }) => world.events.get(id) },
];

/** `charge.*` stands for all that begins with it. */
const matches = (pattern: string, type: string): boolean =>
  pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : pattern === type;
