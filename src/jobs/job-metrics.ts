import { Injectable } from '@nestjs/common';
import { Metrics } from '../kernel/observability/metrics';

/** Counts how work on mails goes. Reasons are stable codes, never texts. */
@Injectable()
export class JobMetrics {
  private readonly ends;
  private readonly returns;

  constructor(metrics: Metrics) {
    const name = 'inbrief_jobs_ended_total';
    this.ends = metrics.counter(name, 'Mails that came to their end, by outcome and reason.', [
      'outcome',
      'reason',
    ]);
    const help = 'Mails that went back to the queue; a deferral is an upstream that asked for patience.';
    this.returns = metrics.counter('inbrief_jobs_put_back_total', help, ['counts', 'reason']);
  }

  ended(outcome: 'done' | 'skipped' | 'failed', reason: string): void {
    this.ends.inc({ outcome, reason });
  }

  putBack(counts: 'attempt' | 'deferral', reason: string): void {
    this.returns.inc({ counts, reason });
  }
}
