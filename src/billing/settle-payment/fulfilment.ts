import { Injectable } from '@nestjs/common';
import { Outbox } from '../../kernel/outbox/outbox';
import { AccountsRepository, type SavedPayer } from '../accounts.repository';
import { CreditsAdded, PaymentFailed } from '../contracts';
import { HistoryRepository } from '../history.repository';
import { LedgerRepository } from '../ledger.repository';
import type { Payment } from '../payments.repository';

/** What follows from a payment's new status, in the transaction that gave it that status. */
@Injectable()
export class Fulfilment {
  constructor(
    private readonly ledger: LedgerRepository,
    private readonly accounts: AccountsRepository,
    private readonly history: HistoryRepository,
    private readonly outbox: Outbox,
  ) {}

  async follow(payment: Payment, saved: SavedPayer | null): Promise<void> {
    if (payment.status === 'paid') await this.grant(payment, saved);
    if (payment.status === 'failed') await this.tell(payment);
  }

  private async grant(payment: Payment, saved: SavedPayer | null): Promise<void> {
    const { id, userId, credits, amountMinor, currency, validityDays, packageId, paidAt } = payment;
    await this.ledger.grant({ userId, source: 'purchase', sourceRef: id, credits, terms: { validityDays } });
    if (saved) await this.accounts.savePayer(userId, saved);
    await this.accounts.forgetLowBalance(userId);
    const line = {
      userId,
      kind: 'purchase',
      ref: id,
      paymentId: id,
      credits,
      amountMinor,
      currency,
    } as const;
    await this.history.add({
      ...line,
      details: { packageId, by: payment.kind },
      occurredAt: paidAt ?? new Date(),
    });
    await this.outbox.publish(new CreditsAdded(userId, credits, 'purchase'));
  }

  private async tell(payment: Payment): Promise<void> {
    const { id, userId, kind, amountMinor, currency } = payment;
    const failureCode = payment.failureCode ?? 'declined';
    // Another automatic charge would meet the same refusal: the user has to act first.
    if (kind === 'auto_top_up') await this.accounts.noteTopUpProblem(userId, failureCode);
    const line = { userId, kind: 'payment_failed', ref: id, paymentId: id, amountMinor, currency } as const;
    await this.history.add({ ...line, details: { failureCode, by: kind }, occurredAt: new Date() });
    await this.outbox.publish(new PaymentFailed(userId, id, kind, failureCode));
  }
}
