import { Injectable } from '@nestjs/common';
import { Metrics } from '../observability/metrics';
import { Samples } from '../observability/samples';
import { OutboxRepository } from './outbox.repository';

/** Lets an operator see events whose consequences are late, or were given up. */
@Injectable()
export class OutboxSamples {
  constructor(metrics: Metrics, samples: Samples, repository: OutboxRepository) {
    const waiting = metrics.gauge('inbrief_outbox_waiting', 'Events that wait for the relay.');
    const lag = metrics.gauge('inbrief_outbox_lag_seconds', 'Age of the oldest of them.');
    const dead = metrics.gauge('inbrief_outbox_dead', 'Events that were given up and wait for a decision.');
    samples.add('outbox', async () => {
      const backlog = await repository.backlog();
      waiting.set(backlog.waiting);
      lag.set(backlog.lagMs / 1_000);
      dead.set(backlog.dead);
    });
  }
}
