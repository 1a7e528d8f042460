import type Stripe from 'stripe';
import { refundCharge } from '../payments/refunds';
import { idOf } from '../store';
import { invalid, missing } from '../wire/errors';
import { type Call, type Names, type Route } from '../wire/route';

const base = '/v1/refunds';

/** Refunds, whole or in part. */
export const refundRoutes: Route[] = [
  {
    method: 'POST',
    url: base,
    accepts: [
      'charge',
      'payment_intent',
      'amount',
      'reason',
      'metadata',
    ] satisfies Names<Stripe.RefundCreateParams>,
    handle: (call) =>
      refundCharge(call.world, chargeToRefund(call), {
        amount: call.params.whole('amount'),
        reason: call.params.word('reason', ['duplicate', 'fraudulent', 'requested_by_customer']) ?? null,
        metadata: call.params.metadata(),
      }),
  },
  {
    method: 'GET',
    url: base,
    accepts: [
      'limit',
      'starting_after',
      'ending_before',
      'created',
      'charge',
      'payment_intent',
    ] satisfies Names<Stripe.RefundListParams>,
    handle: ({ world, params }) => {
      const [charge, intent] = [params.text('charge'), params.text('payment_intent')];
      return world.refunds.list(
        base,
        params,
        (refund) =>
          (charge === undefined || idOf(refund.charge) === charge) &&
          (intent === undefined || idOf(refund.payment_intent) === intent),
      );
    },
  },
  { method: 'GET', url: `${base}/:id`, accepts: [], handle: ({ world, id }) => world.refunds.get(id) },
  {
    method: 'POST',
    url: `${base}/:id`,
    accepts: ['metadata'] satisfies Names<Stripe.RefundUpdateParams>,
    handle: ({ world, params, id }) => {
      const refund = world.refunds.get(id);
      const before = { metadata: refund.metadata };
      refund.metadata = params.metadata(refund.metadata ?? {});
      world.emit('refund.updated', refund, before);
      return refund;
    },
  },
];

function chargeToRefund({ world, params }: Call): Stripe.Charge {
  const charge = params.text('charge');
  if (charge !== undefined) return world.charges.get(charge, 'charge');
  const intent = params.text('payment_intent');
  if (intent === undefined) throw missing('payment_intent');
  const latest = idOf(world.intents.get(intent, 'payment_intent').latest_charge);
  if (latest === null)
    throw invalid(`The PaymentIntent ${intent} does not have a successful charge to refund.`);
  return world.charges.get(latest);
}
