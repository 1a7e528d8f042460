import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { WebhookSignature } from '../stripe/webhook-signature';
import { StripeEventsRepository } from '../stripe-events.repository';
import { toNewEvent } from './new-event';

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
  constructor(
    private readonly uow: UnitOfWork,
    private readonly signatures: WebhookSignature,
    private readonly events: StripeEventsRepository,
  ) {}

  async execute({ body, signature }: ReceiveStripeEvent): Promise<void> {
    const event = toNewEvent(this.signatures.read(body, signature));
    await this.uow.readAsService('store a webhook', () => this.events.add(event, 'webhook'));
  }
}
