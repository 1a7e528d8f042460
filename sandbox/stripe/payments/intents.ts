import type Stripe from 'stripe';
import { newPaymentIntent } from '../objects/payment-intent';
import { idOf } from '../store';
import { invalid, missing } from '../wire/errors';
import { type Params } from '../wire/params';
import { type Call, type Names } from '../wire/route';
import { type StripeWorld } from '../world';
import { cardError, chargeIntent, smallestAmount } from './attempt';
import { attachMethod, resolveMethod } from './methods';

const largestAmount = 99_999_999;
const confirmable = ['requires_payment_method', 'requires_confirmation', 'requires_action'];

/** Parameters of a new intent. */
export const intentParameters = [
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
] satisfies Names<Stripe.PaymentIntentCreateParams>;

/** Makes an intent and, with `confirm`, charges it. Throws a 400 for bad parameters and a 402 for a declined card. */
export function createIntent({ world, params }: Call): Stripe.PaymentIntent {
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
    automatic: automaticMethods(params),
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
  return params.flag('confirm') ? confirmIntent(world, intent, params) : intent;
}

/** Charges an intent. Throws a 402 with the intent in it when the bank says no. */
export function confirmIntent(
  world: StripeWorld,
  intent: Stripe.PaymentIntent,
  params: Params,
): Stripe.PaymentIntent {
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

/** Gives an intent up. Throws a 400 when it was charged or canceled before. */
export function cancelIntent(
  world: StripeWorld,
  intent: Stripe.PaymentIntent,
  params: Params,
): Stripe.PaymentIntent {
  if (!confirmable.includes(intent.status)) throw unexpectedState(intent, 'cancel');
  const reasons = ['abandoned', 'duplicate', 'fraudulent', 'requested_by_customer'] as const;
  intent.cancellation_reason = params.word('cancellation_reason', reasons) ?? null;
  intent.status = 'canceled';
  intent.canceled_at = world.now();
  world.emit('payment_intent.canceled', intent);
  return intent;
}

function automaticMethods(params: Params): Stripe.PaymentIntent.AutomaticPaymentMethods | null {
  const given = params.child('automatic_payment_methods');
  if (given?.flag('enabled') === false) return null;
  return { allow_redirects: given?.word('allow_redirects', ['always', 'never']) ?? 'always', enabled: true };
}
