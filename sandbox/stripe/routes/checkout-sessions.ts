import type Stripe from 'stripe';
import { createSession, sessionParameters } from '../payments/create-session';
import { expireSession } from '../payments/checkout';
import { idOf } from '../store';
import { type Names, type Route } from '../wire/route';

const base = '/v1/checkout/sessions';

/** Checkout sessions in payment mode. */
export const checkoutSessionRoutes: Route[] = [
  {
    method: 'POST',
    url: base,
    accepts: sessionParameters,
    handle: createSession,
  },
  {
    method: 'GET',
    url: base,
    accepts: [
      'limit',
      'starting_after',
      'ending_before',
      'created',
      'customer',
      'customer_details',
      'payment_intent',
      'status',
    ] satisfies Names<Stripe.Checkout.SessionListParams>,
    handle: ({ world, params }) => {
      const [customer, intent, status] = [
        params.text('customer'),
        params.text('payment_intent'),
        params.text('status'),
      ];
      const email = params.child('customer_details')?.text('email');
      return world.sessions.list(
        base,
        params,
        (session) =>
          (customer === undefined || idOf(session.customer) === customer) &&
          (intent === undefined || idOf(session.payment_intent) === intent) &&
          (status === undefined || session.status === status) &&
          (email === undefined || session.customer_details?.email === email),
      );
    },
  },
  { method: 'GET', url: `${base}/:id`, accepts: [], handle: ({ world, id }) => world.sessions.get(id) },
  {
    method: 'POST',
    url: `${base}/:id`,
    accepts: ['metadata'] satisfies Names<Stripe.Checkout.SessionUpdateParams>,
    handle: ({ world, params, id }) => {
      const session = world.sessions.get(id);
      session.metadata = params.metadata(session.metadata ?? {});
      return session;
    },
  },
  {
    method: 'POST',
    url: `${base}/:id/expire`,
    accepts: [],
    handle: ({ world, id }) => {
      const session = world.sessions.get(id);
      expireSession(world, session);
      return session;
    },
  },
  {
    method: 'GET',
    url: `${base}/:id/line_items`,
    accepts: [
      'limit',
      'starting_after',
      'ending_before',
    ] satisfies Names<Stripe.Checkout.SessionListLineItemsParams>,
    handle: ({ world, id }) => {
      const data = world.lineItems.get(world.sessions.get(id).id) ?? [];
      return { object: 'list', url: `${base}/${id}/line_items`, has_more: false, data };
    },
  },
];
