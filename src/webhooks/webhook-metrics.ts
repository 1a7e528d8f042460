import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../kernel/database/unit-of-work';
import { Metrics } from '../kernel/observability/metrics';
import { Samples } from '../kernel/observability/samples';
import type { SendErrorCode } from './sending/send-failure';
import { TurnsRepository } from './turns.repository';

/** Lets an operator see whether webhooks go out, and what their receivers say. */
@Injectable()
export class WebhookMetrics {
  private readonly attempts;

  constructor(metrics: Metrics, samples: Samples, uow: UnitOfWork, turns: TurnsRepository) {
    const help = 'Webhooks that were sent, by what came of it.';
    this.attempts = metrics.counter('inbrief_webhook_attempts_total', help, ['outcome']);
    const due = metrics.gauge('inbrief_webhook_deliveries_due', 'Webhooks whose next attempt is due.');
    const oldest = metrics.gauge('inbrief_webhook_oldest_due_seconds', 'How long the oldest of them is due.');
    samples.add('webhooks', async () => {
      const backlog = await uow.readAsService('measure the webhooks', () => turns.backlog());
      due.set(backlog.due);
      oldest.set(backlog.oldestDueSeconds);
    });
  }

  /** Once for each message that was sent, or could not be. @param errorCode null when it was taken. */
  attempted(errorCode: SendErrorCode | null): void {
    this.attempts.inc({ outcome: errorCode ?? 'delivered' });
  }
}
