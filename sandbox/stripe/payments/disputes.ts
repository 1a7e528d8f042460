import type Stripe from 'stripe';
import { newBalanceTransaction } from '../objects/balance-transaction';
import { newDispute } from '../objects/dispute';
import { invalid } from '../wire/errors';
import { type StripeWorld } from '../world';

const disputeFee = 1_500;

/** What a cardholder says. An inquiry only asks: no money moves, and the merchant may still refund. */
export interface Complaint {
  amount?: number;
  reason?: string;
  inquiry?: boolean;
}

/** The cardholder complains: the money is withdrawn at once. Throws a 400 for a charge that is disputed already. */
export function openDispute(world: StripeWorld, charge: Stripe.Charge, complaint: Complaint): Stripe.Dispute {
  if (charge.disputed) throw invalid(`Charge ${charge.id} is disputed already.`);
  if (charge.status !== 'succeeded') throw invalid(`Charge ${charge.id} has not succeeded.`);
  const amount = complaint.amount ?? charge.amount - charge.amount_refunded;
  const dispute = newDispute(charge, amount, complaint.reason ?? 'fraudulent', world.now());
  charge.disputed = true;
  world.disputes.add(dispute);
  if (complaint.inquiry) {
    dispute.status = 'warning_needs_response';
    dispute.is_charge_refundable = true;
    world.emit('charge.dispute.created', dispute);
    return dispute;
  }
  dispute.balance_transactions = [book(world, dispute, -amount, disputeFee)];
  world.emit('charge.dispute.created', dispute);
  world.emit('charge.dispute.funds_withdrawn', dispute);
  return dispute;
}

/** The merchant answers; with `submit` the bank starts to look at it. */
export function answerDispute(world: StripeWorld, dispute: Stripe.Dispute, submit: boolean): void {
  const before = { status: dispute.status };
  dispute.evidence_details.has_evidence = true;
  if (submit) {
    dispute.status = isInquiry(dispute) ? 'warning_under_review' : 'under_review';
    dispute.evidence_details.submission_count += 1;
  }
  world.emit('charge.dispute.updated', dispute, before);
}

/**
 * The bank decides; a dispute that is won gives the money back, and an inquiry just ends. Throws a 400 when it has
 * decided already.
 */
export function closeDispute(world: StripeWorld, dispute: Stripe.Dispute, won: boolean): void {
  if (isClosed(dispute)) throw invalid('This dispute is already closed.');
  const before = { status: dispute.status };
  const inquiry = isInquiry(dispute);
  dispute.status = inquiry ? 'warning_closed' : won ? 'won' : 'lost';
  const reinstated = won && !inquiry;
  if (reinstated) dispute.balance_transactions.push(book(world, dispute, dispute.amount, 0));
  if (reinstated) world.emit('charge.dispute.funds_reinstated', dispute);
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

const isInquiry = (dispute: Stripe.Dispute): boolean => dispute.status.startsWith('warning_');

/** Whether the bank has spoken. */
export const isClosed = (dispute: Stripe.Dispute): boolean =>
  ['won', 'lost', 'warning_closed'].includes(dispute.status);
