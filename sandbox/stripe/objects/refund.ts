import type Stripe from 'stripe';
import { newId } from '../store';

/** A refund of part or all of a charge, in minor currency units. */
export function newRefund(
  charge: Stripe.Charge,
  amount: number,
  details: {
    reason: Stripe.Refund.Reason | null;
    metadata: Record<string, string>;
    status: 'succeeded' | 'pending';
  },
  created: number,
): Stripe.Refund {
  return {
    id: newId('re'),
    object: 'refund',
    amount,
    balance_transaction: null,
    charge: charge.id,
    created,
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: {
      card: {
        reference_status: 'pending',
        reference_type: 'acquirer_reference_number',
        type: 'refund',
      },
      type: 'card',
    },
    metadata: details.metadata,
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: details.reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: details.status,
    transfer_reversal: null,
  };
}
