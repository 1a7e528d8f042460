import type Stripe from 'stripe';
import { newId } from '../store';

type Source = Stripe.Charge | Stripe.Refund | Stripe.Dispute;

const twoDaysSeconds = 2 * 24 * 60 * 60;

/** Money that moves on the merchant's balance: `amount` minus `fee`, in minor currency units. */
export function newBalanceTransaction(
  source: Source,
  amount: number,
  fee: number,
  created: number,
): Stripe.BalanceTransaction {
  const kinds = { charge: 'charge', refund: 'refund', dispute: 'adjustment' } as const;
  const type = kinds[source.object];
  return {
    id: newId('txn'),
    object: 'balance_transaction',
    amount,
    available_on: created + twoDaysSeconds,
    balance_type: 'payments',
    created,
    currency: source.currency,
    description: null,
    exchange_rate: null,
    fee,
    fee_details:
      fee === 0
        ? []
        : [
            {
              amount: fee,
              application: null,
              currency: source.currency,
              description: 'Processing fees',
              type: 'stripe_fee',
            },
          ],
    net: amount - fee,
    reporting_category: type === 'adjustment' ? 'dispute' : type,
    source: source.id,
    status: 'pending',
    type,
  };
}

/** The usual fee on a card payment: 2.9 % and 30 minor units. */
export const processingFee = (amount: number): number => Math.round(amount * 0.029) + 30;
