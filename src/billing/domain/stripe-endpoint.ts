/** The events that move money; everything else is stored, and left. Each one only says which payment to look at. */
export const handledEvents = [
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'checkout.session.expired',
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'refund.created',
  'refund.updated',
  'refund.failed',
  'charge.refunded',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.closed',
];

/** The version of Stripe's API that our SDK is typed for; the webhook endpoint must send its events in it. */
export const stripeApiVersion = '2026-10-28.endive';
