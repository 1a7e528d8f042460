import type Stripe from 'stripe';
import { newPaymentMethod, testPaymentMethods } from '../objects/payment-method';
import { type StripeWorld } from '../world';

/** The payment method of that id; a test token such as `pm_card_visa` makes a new one each time. */
export function resolveMethod(world: StripeWorld, id: string, param?: string): Stripe.PaymentMethod {
  const template = testPaymentMethods[id];
  if (!template) return world.paymentMethods.get(id, param);
  const method = newPaymentMethod(template, world.now(), world.livemode);
  world.behaviours.set(method.id, template.behaviour);
  return world.paymentMethods.add(method);
}

/** Saves a payment method for a customer's later purchases. */
export function attachMethod(world: StripeWorld, method: Stripe.PaymentMethod, customer: string): void {
  if (method.customer === customer) return;
  method.customer = customer;
  world.emit('payment_method.attached', method);
}
