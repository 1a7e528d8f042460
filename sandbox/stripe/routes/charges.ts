import type Stripe from 'stripe';
import { idOf } from '../store';
import { type Names, type Route } from '../wire/route';

const base = '/v1/charges';

/** Charges are made by payment intents; here they are only read and described. */
export const chargeRoutes: Route[] = [
  {
    method: 'GET',
    url: base,
    accepts: [
      'limit',
      'starting_after',
      'ending_before',
      'created',
      'customer',
      'payment_intent',
    ] satisfies Names<Stripe.ChargeListParams>,
    handle: ({ world, params }) => {
      const [customer, intent] = [params.text('customer'), params.text('payment_intent')];
      return world.charges.list(
        base,
        params,
        (charge) =>
          (customer === undefined || idOf(charge.customer) === customer) &&
          (intent === undefined || idOf(charge.payment_intent) === intent),
      );
    },
  },
  { method: 'GET', url: `${base}/:id`, accepts: [], handle: ({ world, id }) => world.charges.get(id) },
  {
    method: 'POST',
    url: `${base}/:id`,
    accepts: ['metadata', 'description', 'receipt_email'] satisfies Names<Stripe.ChargeUpdateParams>,
    handle: ({ world, params, id }) => {
      const charge = world.charges.get(id);
      charge.metadata = params.metadata(charge.metadata);
      charge.description = params.text('description') ?? charge.description;
      charge.receipt_email = params.text('receipt_email') ?? charge.receipt_email;
      world.emit('charge.updated', charge);
      return charge;
    },
  },
];
