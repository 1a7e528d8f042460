import type Stripe from 'stripe';
import { newBalanceTransaction, processingFee } from '../objects/balance-transaction';
import { type Decline, newCharge } from '../objects/charge';
import { type Behaviour } from '../objects/payment-method';
import { idOf } from '../store';
import { WireError } from '../wire/errors';
import { type StripeWorld } from '../world';

/** The least that can be charged, in minor currency units. */
export const smallestAmount = 50;

/** Why each kind of payment method fails; the others succeed or take their time. */
const declines: Partial<Record<Behaviour, Decline>> = {
  declined: { code: 'card_declined', declineCode: 'generic_decline', message: 'Your card was declined.' },
  insufficient_funds: {
    code: 'card_declined',
    declineCode: 'insufficient_funds',
    message: 'Your card has insufficient funds.',
  },
  expired_card: { code: 'expired_card', declineCode: 'expired_card', message: 'Your card has expired.' },
};

export const authenticationRequired: Decline = {
  code: 'authentication_required',
  declineCode: 'authentication_required',
  message: 'Your card was declined. This transaction requires authentication.',
};

export const authenticationFailed: Decline = {
  code: 'payment_intent_authentication_failure',
  declineCode: 'authentication_not_handled',
  message: 'The provided payment method has failed authentication.',
};

export const bankRefused: Decline = {
  code: 'charge_failed',
  declineCode: 'debit_not_authorized',
  message: 'The bank account could not be debited.',
};

/** How the customer can be reached while their intent is charged. */
export interface Presence {
  offSession: boolean;
  /** Set once the customer has passed their bank's check. */
  authenticated?: boolean;
}

/**
 * Charges an intent. Ends as `succeeded`, `processing` for delayed methods, `requires_action` when the customer is
 * there to authenticate, or `requires_payment_method` with `last_payment_error`; each with the vendor's events.
 */
export function chargeIntent(
  world: StripeWorld,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  presence: Presence,
): void {
  const behaviour = world.behaviours.get(method.id) ?? 'succeeds';
  intent.payment_method = method.id;
  intent.next_action = null;
  const decline = declines[behaviour];
  if (decline) {
    failIntent(world, intent, method, decline);
    return;
  }
  if (behaviour === 'authentication_required' && !presence.authenticated) {
    if (presence.offSession) {
      failIntent(world, intent, method, authenticationRequired);
      return;
    }
    intent.status = 'requires_action';
    intent.next_action = { type: 'use_stripe_sdk', use_stripe_sdk: {} };
    world.emit('payment_intent.requires_action', intent);
    return;
  }
  const charge = world.charges.add(newCharge(intent, method, world.now()));
  intent.latest_charge = charge.id;
  intent.last_payment_error = null;
  if (charge.status === 'pending') {
    intent.status = 'processing';
    world.emit('payment_intent.processing', intent);
    world.emit('charge.pending', charge);
    return;
  }
  complete(world, intent, charge);
}

/** Ends an intent that waits for the bank: the money came, or it did not. */
export function settleIntent(world: StripeWorld, intent: Stripe.PaymentIntent, succeeded: boolean): void {
  const charge = world.charges.get(idOf(intent.latest_charge) ?? '');
  if (succeeded) {
    complete(world, intent, charge);
    return;
  }
  const method = world.paymentMethods.get(idOf(intent.payment_method) ?? '');
  Object.assign(charge, {
    status: 'failed',
    paid: false,
    captured: false,
    amount_captured: 0,
    failure_code: bankRefused.code,
    failure_message: bankRefused.message,
  });
  giveUp(world, intent, method, bankRefused, charge);
}

/** A failed charge; the intent waits for another payment method. */
export function failIntent(
  world: StripeWorld,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  decline: Decline,
): void {
  const charge = world.charges.add(newCharge(intent, method, world.now(), decline));
  intent.latest_charge = charge.id;
  giveUp(world, intent, method, decline, charge);
}

function giveUp(
  world: StripeWorld,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  decline: Decline,
  charge: Stripe.Charge,
): void {
  intent.status = 'requires_payment_method';
  intent.payment_method = null;
  intent.next_action = null;
  intent.last_payment_error = {
    type: 'card_error',
    code: decline.code,
    decline_code: decline.declineCode,
    message: decline.message,
    charge: charge.id,
    payment_method: structuredClone(method),
  };
  world.emit('charge.failed', charge);
  world.emit('payment_intent.payment_failed', intent);
}

function complete(world: StripeWorld, intent: Stripe.PaymentIntent, charge: Stripe.Charge): void {
  const fee = processingFee(charge.amount);
  const entry = newBalanceTransaction(charge, charge.amount, fee, world.now());
  world.balanceTransactions.add(entry);
  Object.assign(charge, { status: 'succeeded', paid: true, balance_transaction: entry.id });
  intent.status = 'succeeded';
  intent.amount_received = intent.amount;
  world.emit('charge.succeeded', charge);
  world.emit('payment_intent.succeeded', intent);
}

/** The 402 that a caller gets for an intent that failed under its hands. */
export function cardError(intent: Stripe.PaymentIntent): WireError | undefined {
  const error = intent.last_payment_error;
  if (!error || intent.status !== 'requires_payment_method') return undefined;
  return new WireError(402, {
    type: 'card_error',
    code: error.code,
    decline_code: error.decline_code,
    message: error.message ?? 'Your card was declined.',
    charge: error.charge,
    payment_intent: structuredClone(intent),
    payment_method: error.payment_method,
  });
}
