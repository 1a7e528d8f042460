import type Stripe from 'stripe';
import { answerDispute, closeDispute } from '../payments/disputes';
import { idOf } from '../store';
import { type Names, type Route } from '../wire/route';

const base = '/v1/disputes';

/** Disputes begin at the cardholder's bank, so over the API they are only read, answered and accepted. */
export const disputeRoutes: Route[] = [
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
    ] satisfies Names<Stripe.DisputeListParams>,
    handle: ({ world, params }) => {
      const [charge, intent] = [params.text('charge'), params.text('payment_intent')];
      return world.disputes.list(
        base,
        params,
        (dispute) =>
          (charge === undefined || idOf(dispute.charge) === charge) &&
          (intent === undefined || idOf(dispute.payment_intent) === intent),
      );
    },
  },
  { method: 'GET', url: `${base}/:id`, accepts: [], handle: ({ world, id }) => world.disputes.get(id) },
  {
    method: 'POST',
    url: `${base}/:id`,
    accepts: ['evidence', 'metadata', 'submit'] satisfies Names<Stripe.DisputeUpdateParams>,
    handle: ({ world, params, id }) => {
      const dispute = world.disputes.get(id);
      dispute.metadata = params.metadata(dispute.metadata);
      const text = params.child('evidence')?.text('uncategorized_text');
      dispute.evidence.uncategorized_text = text ?? dispute.evidence.uncategorized_text;
      answerDispute(world, dispute, params.flag('submit') ?? params.has('evidence'));
      return dispute;
    },
  },
  {
    method: 'POST',
    url: `${base}/:id/close`,
    accepts: [],
    handle: ({ world, id }) => {
      const dispute = world.disputes.get(id);
      closeDispute(world, dispute, false);
      return dispute;
    },
  },
];
