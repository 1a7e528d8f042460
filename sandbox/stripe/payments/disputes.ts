import type Stripe from 'stripe';
import { newBalanceTransaction } from '../objects/balance-transaction';
import { newDispute } from '../objects/dispute';
import { invalid } from '../wire/errors';
import { type StripeWorld } from '../world';

const disputeFee = 1_500;

/** The cardholder complains: the money is withdrawn at once. Throws a 400 for a charge that is disputed already. */
export function openDispute(
  world: StripeWorld,
  charge: Stripe.Charge,
  complaint: { amount?: number; reason?: string },
): Stripe.Dispute {
  if (charge.disputed) throw invalid(`Charge ${charge.id} is disputed already.`);
  if (charge.status !== 'succeeded') throw invalid(`Charge ${charge.id} has not succeeded.`);
  const amount = complaint.amount ?? charge.amount - charge.amount_refunded;
  const dispute = newDispute(charge, amount, complaint.reason ?? 'fraudulent', world.now());
  dispute.balance_transactions = [book(world, dispute, -amount, disputeFee)];
  charge.disputed = true;
  world.disputes.add(dispute);
  world.emit('charge.dispute.created', dispute);
  world.emit('charge.dispute.funds_withdrawn', dispute);
  return dispute;
}

/** The merchant answers; with `submit` the bank starts to look at it. */
export function answerDispute(world: StripeWorld, dispute: Stripe.Dispute, submit: boolean): void {
  const before = { status: dispute.status };
  dispute.evidence_details.has_evidence = true;
  if (submit) {
    dispute.status = 'under_review';
    dispute.evidence_details.submission_count += 1;
  }
  world.emit('charge.dispute.updated', dispute, before);
}

/** The bank decides; a dispute that is won gives the money back. Throws a 400 when it has decided already. */
export function closeDispute(world: StripeWorld, dispute: Stripe.Dispute, won: boolean): void {
  if (dispute.status === 'won' || dispute.status === 'lost') throw invalid('This dispute is already closed.');
  const before = { status: dispute.status };
  dispute.status = won ? 'won' : 'lost';
  if (won) dispute.balance_transactions.push(book(world, dispute, dispute.amount, 0));
  if (won) world.emit('charge.dispute.funds_reinstated', dispute);
  world.emit('charge.dispute.closed', dispute, before);
}

function book(
  world: StripeWorld,
  dispute: Stripe.Dispute,
  amount: number,
  fee: number,
): Stripe.BalanceTransaction {
  return world.balanceTransactions.add(newBalanceTransaction(dispute, amount, fee, world.now()));
}
