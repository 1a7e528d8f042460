import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../kernel/database/unit-of-work';
import { Metrics } from '../kernel/observability/metrics';

type Movement =
  | 'granted'
  | 'held'
  | 'captured'
  | 'released'
  | 'expired'
  | 'clawed-back'
  | 'returned'
  | 'adjusted-up'
  | 'adjusted-down';

/** Counts the credits that move, over all users, as `inbrief_credits_total`; the ledger itself stays the truth. */
@Injectable()
export class CreditFlow {
  private readonly counter;

  constructor(
    private readonly uow: UnitOfWork,
    metrics: Metrics,
  ) {
    this.counter = metrics.counter('inbrief_credits_total', 'Credits that moved, by movement.', ['movement']);
  }

  /** Once what moves them has committed; never when it is rolled back. */
  count(movement: Movement, credits: number): void {
    if (credits <= 0) return;
    this.uow.afterCommit(() => this.counter.inc({ movement }, credits));
  }
}
