import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../kernel/database/unit-of-work';
import { Metrics } from '../kernel/observability/metrics';
import { Samples } from '../kernel/observability/samples';
import { StripeEventsRepository } from './stripe-events.repository';

/** Lets an operator see payments that Stripe has told us of and nobody acted upon. */
@Injectable()
export class BillingSamples {
  constructor(metrics: Metrics, samples: Samples, uow: UnitOfWork, events: StripeEventsRepository) {
    const open = metrics.gauge('inbrief_stripe_events_open', 'Events of Stripe that nobody acted upon yet.');
    const lag = metrics.gauge('inbrief_stripe_event_lag_seconds', 'Age of the oldest of them since it came.');
    samples.add('stripe-events', async () => {
      const backlog = await uow.readAsService('measure the events of Stripe', () => events.backlog());
      open.set(backlog.open);
      lag.set(backlog.lagSeconds);
    });
  }
}
