import type Stripe from 'stripe';
import { newBalanceTransaction } from '../objects/balance-transaction';
import { newRefund } from '../objects/refund';
import { idOf } from '../store';
import { invalid } from '../wire/errors';
import { type StripeWorld } from '../world';
import { isClosed } from './disputes';

/** What a caller may say about a refund; all that is left is refunded without an amount. */
export interface RefundOrder {
  amount?: number;
  reason: Stripe.Refund.Reason | null;
  metadata: Record<string, string>;
}

/** Gives money back. Throws the vendor's 400 when there is not so much left, or the charge failed or is disputed. */
export function refundCharge(world: StripeWorld, charge: Stripe.Charge, order: RefundOrder): Stripe.Refund {
  const left = charge.amount_captured - charge.amount_refunded;
  const amount = order.amount ?? left;
  if (charge.status !== 'succeeded')
    throw invalid(`Charge ${charge.id} has not succeeded and cannot be refunded.`);
  if (left === 0) {
    throw invalid(`Charge ${charge.id} has already been refunded.`, undefined, 'charge_already_refunded');
  }
  const disputed = world.disputes
    .all()
    .some((dispute) => dispute.charge === charge.id && !isClosed(dispute) && !dispute.is_charge_refundable);
  if (disputed)
    throw invalid(
      `Charge ${charge.id} has been charged back; cannot issue a refund.`,
      undefined,
      'charge_disputed',
    );
  if (amount < 1) throw invalid('Invalid positive integer', 'amount', 'parameter_invalid_integer');
  if (amount > left) {
    throw invalid(
      `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`,
      'amount',
    );
  }
  const status = charge.payment_method_details?.type === 'card' ? world.refundsBegin : 'pending';
  const refund = world.refunds.add(newRefund(charge, amount, { ...order, status }, world.now()));
  const entry = newBalanceTransaction(refund, -amount, 0, world.now());
  refund.balance_transaction = world.balanceTransactions.add(entry).id;
  const before = { amount_refunded: charge.amount_refunded, refunded: charge.refunded };
  setRefunded(charge, charge.amount_refunded + amount);
  world.emit('refund.created', refund);
  world.emit('charge.refunded', charge, before);
  return refund;
}

/** The bank's word on a refund that was pending, or a success that it takes back. */
export function settleRefund(world: StripeWorld, refund: Stripe.Refund, succeeded: boolean): void {
  if (refund.status === 'failed' || (succeeded && refund.status !== 'pending')) {
    throw invalid(`Refund ${refund.id} is already ${refund.status ?? 'settled'}.`);
  }
  const before = { status: refund.status };
  refund.status = succeeded ? 'succeeded' : 'failed';
  if (!succeeded) {
    refund.failure_reason = 'lost_or_stolen_card';
    const entry = newBalanceTransaction(refund, refund.amount, 0, world.now());
    refund.failure_balance_transaction = world.balanceTransactions.add(entry).id;
    const charge = world.charges.get(idOf(refund.charge) ?? '');
    setRefunded(charge, charge.amount_refunded - refund.amount);
  }
  world.emit('refund.updated', refund, before);
  world.emit('charge.refund.updated', refund, before);
  if (!succeeded) world.emit('refund.failed', refund, before);
}

function setRefunded(charge: Stripe.Charge, amount: number): void {
  charge.amount_refunded = amount;
  charge.refunded = amount === charge.amount_captured;
}
