/** How paying ended so far; money that goes back later does not change it. */
export type PaymentStatus = 'created' | 'open' | 'processing' | 'failed' | 'expired' | 'paid';

/** What a payment agreed on. Amounts are in minor currency units. */
export interface PaymentTerms {
  amountMinor: number;
  currency: string;
  status: PaymentStatus;
}

/** Money on its way back to the payer. `void`: it did not go, or it came back. */
export interface Reclaim {
  /** Stripe's id of the refund or dispute. */
  ref: string;
  kind: 'refund' | 'dispute';
  amountMinor: number;
  state: 'live' | 'void';
}

/** What Stripe says of one payment at one moment. */
export interface PaymentFacts {
  session: { id: string; status: 'open' | 'complete' | 'expired' } | null;
  intent: {
    id: string;
    status: 'succeeded' | 'processing' | 'unpaid' | 'canceled';
    receivedMinor: number;
    currency: string;
    failureCode: string | null;
    /** Customer and method, when the payer agreed to be charged again. */
    saved: { customerId: string; paymentMethodId: string } | null;
  } | null;
  reclaims: Reclaim[];
}

/** Later answers never fall behind earlier ones: facts may have been fetched in any order. */
const rank: Record<PaymentStatus, number> = {
  created: 0,
  open: 1,
  processing: 2,
  expired: 3,
  failed: 3,
  paid: 4,
};

/**
 * The status that facts give a payment. Only money that arrived in full makes it paid.
 * @throws AmountMismatch when other money arrived than was agreed on.
 */
export function settledStatus(terms: PaymentTerms, facts: PaymentFacts): PaymentStatus {
  const found = statusOf(terms, facts);
  return rank[found] > rank[terms.status] ? found : terms.status;
}

/** Another amount or currency arrived than was agreed on: nothing may be granted for it. */
export class AmountMismatch extends Error {
  override readonly name = 'AmountMismatch';
}

function statusOf(terms: PaymentTerms, { session, intent }: PaymentFacts): PaymentStatus {
  if (intent?.status === 'succeeded') {
    if (intent.receivedMinor !== terms.amountMinor || intent.currency !== terms.currency)
      throw new AmountMismatch(
        `${intent.receivedMinor} ${intent.currency} arrived for ${terms.amountMinor} ${terms.currency}`,
      );
    return 'paid';
  }
  if (session?.status === 'expired') return 'expired';
  if (intent?.status === 'processing') return 'processing';
  // A Checkout session that is still open lets the payer try another card.
  if (session?.status === 'open') return 'open';
  if (intent) return 'failed';
  return session ? 'processing' : 'created';
}
