import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { v7 as uuidv7 } from 'uuid';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DeliveriesRepository } from '../deliveries.repository';
import { DeliveryWakeUp } from '../deliver-events/delivery-wake-up';
import { payloadOf, testEventType } from '../domain/event-types';
import { EndpointsRepository } from '../endpoints.repository';
import { type WebhookDeliveryDto, webhookDeliveryDto } from '../list-deliveries/list-deliveries.dto';
import { disabledEndpoint, endpointTarget, unknownDelivery, unknownEndpoint } from '../unknown-endpoint';

/**
 * Has an event of the type `webhook.test` sent to an endpoint. It is tried once, and its failure has no consequence.
 * @throws DomainError `webhooks.endpoint-unknown` (not-found), `webhooks.endpoint-disabled` (conflict).
 */
export class SendTestEvent extends Command<WebhookDeliveryDto> {
  constructor(
    readonly userId: string,
    readonly endpointId: string,
  ) {
    super();
  }
}

@CommandHandler(SendTestEvent)
export class SendTestEventHandler implements ICommandHandler<SendTestEvent> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly endpoints: EndpointsRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly wakeUp: DeliveryWakeUp,
    private readonly audit: AuditLog,
  ) {}

  execute({ userId, endpointId }: SendTestEvent): Promise<WebhookDeliveryDto> {
    const [id, eventId] = [uuidv7(), uuidv7()];
    const payload = payloadOf(eventId, testEventType, new Date().toISOString(), { endpointId });
    return this.uow.asUser(userId, async () => {
      const endpoint = await this.endpoints.lock(userId, endpointId, 'shared');
      if (!endpoint) throw unknownEndpoint();
      if (endpoint.disabledAt) throw disabledEndpoint();
      await this.deliveries.record([{ id, userId, endpointId, eventId, eventType: testEventType, payload }]);
      await this.audit.record({
        action: 'webhooks.test-event-sent',
        ...endpointTarget(userId, endpointId),
      });
      this.uow.afterCommit(() => this.wakeUp.ring());
      const row = await this.deliveries.find(userId, endpointId, id);
      if (!row) throw unknownDelivery();
      return webhookDeliveryDto(row);
    });
  }
}
