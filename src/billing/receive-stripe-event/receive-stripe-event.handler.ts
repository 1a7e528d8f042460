import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { Metrics } from '../../kernel/observability/metrics';
import { WebhookSignature } from '../stripe/webhook-signature';
import { StripeEventsRepository } from '../stripe-events.repository';
import { toNewEvent } from './new-event';

/** Seconds; Stripe tries again for three days. */
const delayBuckets = [1, 5, 15, 60, 300, 3_600, 86_400];

/** Stores a delivered event before it is answered; a worker acts upon it. @throws DomainError of `WebhookSignature`. */
export class ReceiveStripeEvent extends Command<void> {
  constructor(
    readonly body: Buffer | undefined,
    readonly signature: string | undefined,
  ) {
    super();
  }
}

@CommandHandler(ReceiveStripeEvent)
export class ReceiveStripeEventHandler implements ICommandHandler<ReceiveStripeEvent> {
  private readonly delays;

  constructor(
    private readonly uow: UnitOfWork,
    private readonly signatures: WebhookSignature,
    private readonly events: StripeEventsRepository,
    metrics: Metrics,
  ) {
    this.delays = metrics.histogram(
      'inbrief_stripe_webhook_delay_seconds',
      'From an event at Stripe to its first arrival here.',
      [],
      delayBuckets,
    );
  }

  async execute({ body, signature }: ReceiveStripeEvent): Promise<void> {
    const event = toNewEvent(this.signatures.read(body, signature));
    const isNew = await this.uow.readAsService('store a webhook', () => this.events.add(event, 'webhook'));
    if (isNew) this.delays.observe(Math.max(0, Date.now() - event.occurredAt.getTime()) / 1_000);
  }
}
