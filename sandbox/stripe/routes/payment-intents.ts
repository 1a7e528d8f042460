import type Stripe from 'stripe';
import { cancelIntent, confirmIntent, createIntent, intentParameters } from '../payments/intents';
import { idOf } from '../store';
import { type Names, type Route } from '../wire/route';

const base = '/v1/payment_intents';

/** Payment intents, as an automatic top-up uses them: created and confirmed off session in one call. */
export const paymentIntentRoutes: Route[] = [
  {
    method: 'POST',
    url: base,
    accepts: intentParameters,
    handle: createIntent,
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
    ] satisfies Names<Stripe.PaymentIntentListParams>,
    handle: ({ world, params }) => {
      const customer = params.text('customer');
      return world.intents.list(
        base,
        params,
        (intent) => customer === undefined || idOf(intent.customer) === customer,
      );
    },
  },
  {
    method: 'GET',
    url: `${base}/:id`,
    accepts: ['client_secret'] satisfies Names<Stripe.PaymentIntentRetrieveParams>,
    handle: ({ world, id }) => world.intents.get(id),
  },
  {
    method: 'POST',
    url: `${base}/:id`,
    accepts: ['metadata', 'description', 'receipt_email'] satisfies Names<Stripe.PaymentIntentUpdateParams>,
    handle: ({ world, params, id }) => {
      const intent = world.intents.get(id);
      intent.metadata = params.metadata(intent.metadata);
      intent.description = params.text('description') ?? intent.description;
      intent.receipt_email = params.text('receipt_email') ?? intent.receipt_email;
      return intent;
    },
  },
  {
    method: 'POST',
    url: `${base}/:id/confirm`,
    accepts: [
      'payment_method',
      'off_session',
      'return_url',
      'error_on_requires_action',
    ] satisfies Names<Stripe.PaymentIntentConfirmParams>,
    handle: ({ world, params, id }) => confirmIntent(world, world.intents.get(id), params),
  },
  {
    method: 'POST',
    url: `${base}/:id/cancel`,
    accepts: ['cancellation_reason'] satisfies Names<Stripe.PaymentIntentCancelParams>,
    handle: ({ world, params, id }) => cancelIntent(world, world.intents.get(id), params),
  },
];
