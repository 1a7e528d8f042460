import type Stripe from 'stripe';
import type { PaymentFacts, Reclaim } from '../domain/settlement';

/** Statuses of a dispute that leave the money with the payer, or may. An inquiry (`warning_…`) takes nothing. */
const liveDisputes = new Set([
  'needs_response',
  'under_review',
  'lost',
  'appeal_needs_response',
  'appeal_under_review',
]);

/** Stripe's objects around one payment, in our words. */
export function paymentFacts(
  session: Stripe.Checkout.Session | null,
  intent: Stripe.PaymentIntent | null,
  refunds: Stripe.Refund[],
  disputes: Stripe.Dispute[],
): PaymentFacts {
  return {
    session: session && {
      id: session.id,
      status: session.status === 'complete' ? 'complete' : openOrExpired(session),
    },
    intent: intent && {
      id: intent.id,
      status: intentStatus(intent.status),
      receivedMinor: intent.amount_received,
      currency: intent.currency,
      failureCode: intent.last_payment_error?.decline_code ?? intent.last_payment_error?.code ?? null,
      saved: savedMethod(intent),
    },
    reclaims: [...refunds.map(refundReclaim), ...disputes.flatMap(disputeReclaim)],
  };
}

/** The id behind an expandable field. */
export function idOf(reference: string | { id: string } | null | undefined): string | undefined {
  return typeof reference === 'string' ? reference : reference?.id;
}

function openOrExpired({ status }: Stripe.Checkout.Session): 'open' | 'expired' {
  return status === 'expired' ? 'expired' : 'open';
}

const endedIntents = ['succeeded', 'processing', 'canceled'] as const;

function intentStatus(status: string): NonNullable<PaymentFacts['intent']>['status'] {
  return endedIntents.find((known) => known === status) ?? 'unpaid';
}

function savedMethod(intent: Stripe.PaymentIntent): { customerId: string; paymentMethodId: string } | null {
  const customerId = idOf(intent.customer);
  const paymentMethodId = idOf(intent.payment_method);
  const agreed = intent.setup_future_usage === 'off_session';
  return agreed && customerId && paymentMethodId ? { customerId, paymentMethodId } : null;
}

function refundReclaim({ id, amount, status }: Stripe.Refund): Reclaim {
  const isVoid = status === 'failed' || status === 'canceled';
  return { ref: id, kind: 'refund', amountMinor: amount, state: isVoid ? 'void' : 'live' };
}

function disputeReclaim({ id, amount, status }: Stripe.Dispute): Reclaim[] {
  if (liveDisputes.has(status)) return [{ ref: id, kind: 'dispute', amountMinor: amount, state: 'live' }];
  return status === 'won' ? [{ ref: id, kind: 'dispute', amountMinor: amount, state: 'void' }] : [];
}
