import { Command, CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { v7 as uuidv7 } from 'uuid';
import type { Occurrence } from '../../kernel/cqrs/saga';
import { Gathering } from '../../kernel/database/gathering';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { ListSummaryFacts } from '../../gmail/contracts';
import { DeliveriesRepository } from '../deliveries.repository';
import { DeliveryWakeUp } from '../deliver-events/delivery-wake-up';
import { payloadOf, type WebhookEventType } from '../domain/event-types';
import { EndpointsRepository } from '../endpoints.repository';

/**
 * Writes down what shall be sent to each endpoint that wants to be told: one delivery per event and endpoint, by unique key, however
 * often it is repeated. Costs one read where nobody wants to know.
 */
export class RecordWebhookEvent extends Command<void> {
  constructor(
    readonly userId: string,
    readonly type: WebhookEventType,
    readonly occurrence: Occurrence,
    readonly data: Record<string, unknown>,
  ) {
    super();
  }
}

@CommandHandler(RecordWebhookEvent)
export class RecordWebhookEventHandler implements ICommandHandler<RecordWebhookEvent> {
  private readonly wanted = new Gathering<string[]>((userId) =>
    this.uow.readAsService('look for webhooks', () => this.endpoints.wantedTypes(userId)),
  );

  constructor(
    private readonly uow: UnitOfWork,
    private readonly endpoints: EndpointsRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly queries: QueryBus,
    private readonly wakeUp: DeliveryWakeUp,
  ) {}

  async execute(event: RecordWebhookEvent): Promise<void> {
    const { userId, type, occurrence } = event;
    const wanted = await this.wanted.join(userId).answer;
    if (!wanted.includes(type)) return;
    const payload = payloadOf(occurrence.id, type, occurrence.at, await this.dataOf(event));
    await this.uow.asService('record a webhook event', async () => {
      const endpoints = await this.endpoints.lockWanting(userId, type);
      const recorded = await this.deliveries.record(
        endpoints.map((endpointId) => ({
          ...{ id: uuidv7(), userId, endpointId, payload },
          ...{ eventId: occurrence.id, eventType: type },
        })),
      );
      if (recorded > 0) this.uow.afterCommit(() => this.wakeUp.ring());
    });
  }

  /** What the event says, and of a summary what it is filed under. */
  private async dataOf({ userId, type, data }: RecordWebhookEvent): Promise<Record<string, unknown>> {
    if (type !== 'summary.stored') return data;
    const [facts] = await this.queries.execute(
      new ListSummaryFacts(userId, { emailIds: [String(data.emailId)] }, 1),
    );
    return { ...data, category: facts?.category ?? null, urgency: facts?.urgency ?? null };
  }
}
