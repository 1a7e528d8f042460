import type Stripe from 'stripe';
import { newPaymentIntent } from '../objects/payment-intent';
import { cardError, chargeIntent, smallestAmount } from '../payments/attempt';
import { attachMethod, resolveMethod } from '../payments/methods';
import { idOf } from '../store';
import { invalid, missing } from '../wire/errors';
import { type Params } from '../wire/params';
import { type Call, type Names, type Route } from '../wire/route';
import { type StripeWorld } from '../world';

const base = '/v1/payment_intents';
const largestAmount = 99_999_999;
const confirmable = ['requires_payment_method', 'requires_confirmation', 'requires_action'];

/** Payment intents, as an automatic top-up uses them: created and confirmed off session in one call. */
export const paymentIntentRoutes: Route[] = [
  {
    method: 'POST',
    url: base,
    accepts: [
      'amount',
      'currency',
      'customer',
      'payment_method',
      'confirm',
      'off_session',
      'metadata',
      'description',
      'automatic_payment_methods',
      'setup_future_usage',
      'receipt_email',
      'allowed_payment_method_types',
      'return_url',
      'error_on_requires_action',
    ] satisfies Names<Stripe.PaymentIntentCreateParams>,
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
    handle: ({ world, params, id }) => confirm(world, world.intents.get(id), params),
  },
  {
    method: 'POST',
    url: `${base}/:id/cancel`,
    accepts: ['cancellation_reason'] satisfies Names<Stripe.PaymentIntentCancelParams>,
    handle: ({ world, params, id }) => {
      const intent = world.intents.get(id);
      if (!confirmable.includes(intent.status)) throw unexpectedState(intent, 'cancel');
      const reasons = ['abandoned', 'duplicate', 'fraudulent', 'requested_by_customer'] as const;
      intent.cancellation_reason = params.word('cancellation_reason', reasons) ?? null;
      intent.status = 'canceled';
      intent.canceled_at = world.now();
      world.emit('payment_intent.canceled', intent);
      return intent;
    },
  },
];

function createIntent({ world, params }: Call): Stripe.PaymentIntent {
  const amount = params.whole('amount');
  if (amount === undefined) throw missing('amount');
  if (amount < smallestAmount)
    throw invalid('Amount must be at least 50 cents.', 'amount', 'amount_too_small');
  if (amount > largestAmount) throw invalid('Amount is too large.', 'amount', 'amount_too_large');
  const currency = params.need('currency').toLowerCase();
  if (!/^[a-z]{3}$/.test(currency)) throw invalid(`Invalid currency: ${currency}`, 'currency');
  const customer = params.text('customer');
  if (customer !== undefined) world.customers.get(customer, 'customer');
  if (params.flag('off_session') && !params.flag('confirm')) {
    throw invalid('off_session can only be used when confirm=true.', 'off_session');
  }
  const types = params.texts('allowed_payment_method_types');
  const seed = {
    amount,
    currency,
    customer: customer ?? null,
    description: params.text('description') ?? null,
    metadata: params.metadata(),
    allowedPaymentMethodTypes: types.length > 0 ? types : null,
    paymentMethodTypes: ['card'],
    automatic: params.child('automatic_payment_methods')?.flag('enabled') ?? true,
    setupFutureUsage: params.word('setup_future_usage', ['off_session', 'on_session']) ?? null,
    receiptEmail: params.text('receipt_email') ?? null,
  };
  const intent = newPaymentIntent(seed, world.now(), world.livemode);
  const method = params.text('payment_method');
  if (method !== undefined) {
    intent.payment_method = methodFor(world, method, intent).id;
    intent.status = 'requires_confirmation';
  }
  world.intents.add(intent);
  world.emit('payment_intent.created', intent);
  return params.flag('confirm') ? confirm(world, intent, params) : intent;
}

function confirm(world: StripeWorld, intent: Stripe.PaymentIntent, params: Params): Stripe.PaymentIntent {
  if (!confirmable.includes(intent.status)) throw unexpectedState(intent, 'confirm');
  // A method that creation has resolved is kept: a test token would make another one here.
  const id = idOf(intent.payment_method) ?? params.text('payment_method');
  if (id === undefined) {
    throw invalid(
      'You cannot confirm this PaymentIntent because it is missing a payment method.',
      'payment_method',
    );
  }
  const method = methodFor(world, id, intent);
  // Either way nobody is there to answer the bank's question, so it becomes a decline.
  const absent = (params.flag('off_session') ?? false) || (params.flag('error_on_requires_action') ?? false);
  chargeIntent(world, intent, method, { offSession: absent });
  const error = cardError(intent);
  if (error) throw error;
  const customer = idOf(intent.customer);
  if (intent.setup_future_usage !== null && customer !== null) attachMethod(world, method, customer);
  return intent;
}

function methodFor(world: StripeWorld, id: string, intent: Stripe.PaymentIntent): Stripe.PaymentMethod {
  const method = resolveMethod(world, id, 'payment_method');
  const owner = idOf(method.customer);
  if (owner !== null && owner !== idOf(intent.customer)) {
    throw invalid('The payment method belongs to a customer. Pass its customer too.', 'payment_method');
  }
  return method;
}

const unexpectedState = (intent: Stripe.PaymentIntent, verb: string): Error =>
  invalid(
    `You cannot ${verb} this PaymentIntent because it has a status of ${intent.status}.`,
    undefined,
    'payment_intent_unexpected_state',
  );
