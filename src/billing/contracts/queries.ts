import { Query } from '@nestjs/cqrs';

/** Credits of one source that are still to be spent. Instants are ISO 8601. */
export interface OpenLot {
  source: string;
  granted: number;
  /** Left of it, held ones included. */
  remaining: number;
  held: number;
  expiresAt: string | null;
}

/** Credits a user has: `available` to spend, `held` for work under way, and what was captured and granted so far. */
export interface Balance {
  available: number;
  held: number;
  captured: number;
  granted: number;
  /** Credits that refunds took back after they had been spent; new ones cover it first. */
  owed: number;
  /** In the order in which they are spent. */
  lots: OpenLot[];
}

export class GetBalance extends Query<Balance> {
  constructor(readonly userId: string) {
    super();
  }
}

/** What a run over `mails` would cost, before it begins. Credits, one for each mail. */
export interface Quote {
  mails: number;
  /** Credits the run takes: one a mail, and never more than `cap`. */
  credits: number;
  available: number;
  /** Mails that the balance pays for now. */
  covered: number;
  /** Mails of this run that would wait for credits. */
  waiting: number;
  cap: number | null;
}

/** Quotes a run; the cap is the most credits it may take. */
export class QuoteCredits extends Query<Quote> {
  constructor(
    readonly userId: string,
    readonly mails: number,
    readonly cap?: number,
  ) {
    super();
  }
}

/** The last scheduled look at the ledger's invariants in this process; null before the first. */
export interface LedgerHealth {
  checkedAt: string;
  violations: number;
}

export class GetLedgerHealth extends Query<LedgerHealth | null> {}

/** One broken invariant of the ledger (docs/architecture.md): what is broken, of whom, and how. */
export interface LedgerViolation {
  invariant: string;
  subject: string;
  detail: string;
}

/** Looks at every invariant now; empty while all of them hold. */
export class VerifyLedger extends Query<LedgerViolation[]> {}
