import { Injectable } from '@nestjs/common';
import { Outbox } from '../../kernel/outbox/outbox';
import { CreditsAdded, CreditsTakenBack } from '../contracts';
import type { Reclaim } from '../domain/settlement';
import { HistoryRepository } from '../history.repository';
import { LedgerRepository } from '../ledger.repository';
import { type Payment, PaymentsRepository } from '../payments.repository';

/** Refunds and disputes, as claims on a purchase's credits, in the transaction that settles the payment. */
@Injectable()
export class Reclaims {
  constructor(
    private readonly ledger: LedgerRepository,
    private readonly payments: PaymentsRepository,
    private readonly history: HistoryRepository,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Applies every claim in order of its reference; the ledger makes a repetition a no-op and a reversal final. Answers
   * the credits that each of them moved, as far as it moved any.
   */
  async apply(payment: Payment, reclaims: Reclaim[]): Promise<number[]> {
    const moved: number[] = [];
    for (const reclaim of [...reclaims].sort((a, b) => a.ref.localeCompare(b.ref)))
      if (reclaim.state === 'live') moved.push(await this.take(payment, reclaim));
      else moved.push(await this.giveBack(payment, reclaim));
    // The real refund stands for the claim that an administrator's request made ahead of it.
    if (reclaims.some(({ kind, state }) => kind === 'refund' && state === 'live'))
      for (const ref of await this.ledger.liveClaims(payment.id, refundRequestPrefix))
        moved.push(await this.ledger.reverseClawBack(payment.userId, payment.id, ref));
    // From the claims and not from the facts, which may be older than what another worker has settled.
    await this.payments.noteReclaimed(payment.id, await this.ledger.claimedOf(payment.id));
    return moved.filter((credits) => credits !== 0);
  }

  private async take(payment: Payment, { ref, kind, amountMinor }: Reclaim): Promise<number> {
    const { id, userId, currency } = payment;
    const claimed = Math.min(amountMinor, payment.amountMinor);
    const change = await this.ledger.clawBack(userId, id, `${kind}:${ref}`, claimed, payment.amountMinor);
    const line = { userId, kind, ref, paymentId: id, credits: change, amountMinor: -amountMinor, currency };
    await this.history.add({ ...line, details: { state: 'taken back' }, occurredAt: new Date() });
    if (change < 0) await this.outbox.publish(new CreditsTakenBack(userId, -change, id));
    return change;
  }

  private async giveBack(payment: Payment, { ref, kind, amountMinor }: Reclaim): Promise<number> {
    const { id, userId, currency } = payment;
    const change = await this.ledger.reverseClawBack(userId, id, `${kind}:${ref}`);
    if (change === 0) return 0;
    const line = { userId, kind, ref: `${ref}:void`, paymentId: id, credits: change, amountMinor, currency };
    await this.history.add({ ...line, details: { state: 'given back' }, occurredAt: new Date() });
    await this.outbox.publish(new CreditsAdded(userId, change, 'reversal'));
    return change;
  }
}

/** Begins the reference of a claim that waits for its refund. */
export const refundRequestPrefix = 'refund-request:';
