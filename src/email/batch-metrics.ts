import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../kernel/database/unit-of-work';
import { Metrics } from '../kernel/observability/metrics';
import { Samples } from '../kernel/observability/samples';
import { BatchesRepository } from './batches.repository';

/** Lets an operator see a batch that does not come back: the vendor ends each within 24 hours. */
@Injectable()
export class BatchMetrics {
  constructor(metrics: Metrics, samples: Samples, uow: UnitOfWork, batches: BatchesRepository) {
    const gauge = (name: string, help: string) => metrics.gauge(`inbrief_summary_batch${name}`, help);
    const open = gauge('es_open', 'Batches whose mails are not settled.');
    const mails = gauge('_mails', 'Mails in batches that are not settled.');
    const age = gauge('_age_seconds', 'Age of the oldest batch that is not settled.');
    samples.add('batches', async () => {
      const found = await uow.readAsService('count open batches', () => batches.countOpen());
      open.set(found.batches);
      mails.set(found.mails);
      age.set(found.oldestSeconds);
    });
  }
}
