import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../kernel/database/unit-of-work';
import { Metrics } from '../kernel/observability/metrics';
import { BatchesRepository } from './batches.repository';

/** Lets an operator see a batch that does not come back: the vendor ends each within 24 hours. */
@Injectable()
export class BatchMetrics {
  constructor(metrics: Metrics, uow: UnitOfWork, batches: BatchesRepository) {
    const gauge = (name: string, help: string, of: 'batches' | 'mails' | 'oldestSeconds') =>
      metrics.gauge(name, help, [], async (own) => {
        const open = await uow.readAsService('count open batches', () => batches.countOpen());
        own.set(open[of]);
      });
    gauge('inbrief_summary_batches_open', 'Batches whose mails are not settled.', 'batches');
    gauge('inbrief_summary_batch_mails', 'Mails in batches that are not settled.', 'mails');
    gauge(
      'inbrief_summary_batch_age_seconds',
      'Age of the oldest batch that is not settled.',
      'oldestSeconds',
    );
  }
}
