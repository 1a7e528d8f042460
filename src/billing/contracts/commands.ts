import { Command } from '@nestjs/cqrs';

/**
 * Holds one credit for each mail, in the given order, as far as the balance reaches; answers the mails that are held now,
 * earlier holds included. Joins the caller's transaction (service). Also renews the holds of mails that have one.
 */
export class HoldCredits extends Command<string[]> {
  constructor(
    readonly userId: string,
    readonly emailIds: string[],
    /** Most of these mails that may be charged in all, earlier ones included, so that a retry holds no more. */
    readonly cap?: number,
  ) {
    super();
  }
}

/**
 * Captures the held credit of each mail; a mail that was captured before stays so.
 * @throws DomainError `billing.nothing-to-capture` (conflict) when a mail has no hold, or its hold was released.
 */
export class CaptureCredits extends Command<void> {
  constructor(
    readonly userId: string,
    readonly emailIds: string[],
  ) {
    super();
  }
}

/**
 * Gives the held credit of each mail back; a mail without a live hold is left as it is.
 * @throws DomainError `billing.captured-already` (conflict) when a mail's credit was captured.
 */
export class ReleaseCredits extends Command<void> {
  constructor(
    readonly userId: string,
    readonly emailIds: string[],
    readonly reason: string,
  ) {
    super();
  }
}

/** How a grant is spent: lower `priority` first (default 10); it expires after `validityDays`, or never. */
export interface GrantTerms {
  priority?: number;
  validityDays?: number | null;
}

/** Grants credits that were not bought, once per source and reference; answers whether they are new. */
export class GrantCredits extends Command<boolean> {
  constructor(
    readonly userId: string,
    readonly source: 'welcome' | 'promotion',
    readonly sourceRef: string,
    readonly credits: number,
    readonly terms: GrantTerms = {},
  ) {
    super();
  }
}

/**
 * An administrator's correction of a balance (negative takes away), once per key, with an audit row.
 * @throws DomainError `billing.adjustment-too-large` (conflict) when less is available than should go.
 */
export class AdjustCredits extends Command<{ applied: boolean }> {
  constructor(
    readonly userId: string,
    readonly key: string,
    readonly credits: number,
    readonly reason: string,
    readonly adminId: string,
  ) {
    super();
  }
}

/**
 * Pays a purchase back of which no credit was used: takes its credits first, then refunds the money. Repeating it is safe.
 * @throws DomainError `billing.payment-not-found`, `billing.purchase-used` (conflict), `billing.not-refundable` (conflict).
 */
export class RefundPurchase extends Command<void> {
  constructor(
    readonly paymentId: string,
    readonly adminId: string,
    readonly reason: string,
  ) {
    super();
  }
}
