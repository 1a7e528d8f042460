import type Stripe from 'stripe';
import { newCustomer } from '../objects/customer';
import { newPaymentIntent } from '../objects/payment-intent';
import { idOf } from '../store';
import { invalid } from '../wire/errors';
import { Params } from '../wire/params';
import { type StripeWorld } from '../world';
import { authenticationFailed, chargeIntent, failIntent, settleIntent } from './attempt';
import { attachMethod, resolveMethod } from './methods';

/** What the payer does on the page. */
export const outcomes = {
  card: 'pm_card_visa',
  declined: 'pm_card_chargeDeclined',
  insufficient_funds: 'pm_card_chargeDeclinedInsufficientFunds',
  sca: 'pm_card_authenticationRequired',
  sca_failed: 'pm_card_authenticationRequired',
  delayed: 'pm_sepa_debit',
} as const;
export type Outcome = keyof typeof outcomes;

type Session = Stripe.Checkout.Session;

/**
 * Plays a payer: the session is complete when the money came or is on its way, and stays open after a decline.
 * Throws a 400 when the session is no longer open.
 */
export function paySession(world: StripeWorld, session: Session, outcome: Outcome, email?: string): void {
  if (session.status !== 'open') throw invalid(`This session is ${session.status ?? 'closed'}, not open.`);
  const intent = intentOf(world, session);
  const method = resolveMethod(world, outcomes[outcome]);
  const payer = email ?? session.customer_email ?? 'payer@example.com';
  method.billing_details = { ...method.billing_details, email: payer, name: 'Sandbox Payer' };
  session.payment_intent = intent.id;
  if (outcome === 'sca_failed') {
    failIntent(world, intent, method, authenticationFailed);
    return;
  }
  chargeIntent(world, intent, method, { offSession: false, authenticated: outcome === 'sca' });
  if (intent.status !== 'succeeded' && intent.status !== 'processing') return;
  completeSession(world, session, intent, method, payer);
}

/** The bank's late word on a delayed payment. Throws a 400 when none is awaited. */
export function settleSession(world: StripeWorld, session: Session, succeeded: boolean): void {
  const intent = world.intents.find(idOf(session.payment_intent) ?? '');
  if (session.status !== 'complete' || intent?.status !== 'processing') {
    throw invalid('This session does not wait for a bank.');
  }
  settleIntent(world, intent, succeeded);
  if (succeeded) session.payment_status = 'paid';
  world.emit(`checkout.session.async_payment_${succeeded ? 'succeeded' : 'failed'}`, session);
}

/** Closes an open session for good. Throws a 400 for any other. */
export function expireSession(world: StripeWorld, session: Session): void {
  if (session.status !== 'open') {
    throw invalid(
      `Only Checkout Sessions with a status in ["open"] can be expired. This one is ${session.status ?? 'closed'}.`,
    );
  }
  session.status = 'expired';
  session.url = null;
  world.emit('checkout.session.expired', session);
}

function intentOf(world: StripeWorld, session: Session): Stripe.PaymentIntent {
  const existing = world.intents.find(idOf(session.payment_intent) ?? '');
  if (existing) return existing;
  const data = world.intentData.get(session.id);
  const seed = {
    amount: session.amount_total ?? 0,
    currency: session.currency ?? 'usd',
    customer: idOf(session.customer),
    description: data?.description ?? null,
    metadata: data?.metadata ?? {},
    allowedPaymentMethodTypes: session.allowed_payment_method_types,
    paymentMethodTypes: session.payment_method_types,
    automatic: null,
    setupFutureUsage: data?.setupFutureUsage ?? null,
    receiptEmail: data?.receiptEmail ?? null,
  };
  const intent = world.intents.add(newPaymentIntent(seed, world.now(), world.livemode));
  world.emit('payment_intent.created', intent);
  return intent;
}

function completeSession(
  world: StripeWorld,
  session: Session,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  email: string,
): void {
  const saves = intent.setup_future_usage !== null;
  if (session.customer === null && (saves || session.customer_creation === 'always')) {
    const customer = world.customers.add(newCustomer(new Params({ email }), world.now(), world.livemode));
    world.emit('customer.created', customer);
    session.customer = customer.id;
    intent.customer = customer.id;
  }
  const customer = idOf(session.customer);
  if (saves && customer !== null) attachMethod(world, method, customer);
  session.customer_details = {
    address: null,
    business_name: null,
    email,
    individual_name: null,
    name: method.billing_details.name,
    phone: null,
    tax_exempt: 'none',
    tax_ids: [],
  };
  session.status = 'complete';
  session.url = null;
  session.payment_status = intent.status === 'succeeded' ? 'paid' : 'unpaid';
  world.emit('checkout.session.completed', session);
}
