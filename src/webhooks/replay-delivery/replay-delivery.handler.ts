import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../../kernel/audit/audit-log';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DeliveriesRepository } from '../deliveries.repository';
import { DeliveryWakeUp } from '../deliver-events/delivery-wake-up';
import { EndpointsRepository } from '../endpoints.repository';
import { type WebhookDeliveryDto, webhookDeliveryDto } from '../list-deliveries/list-deliveries.dto';
import { disabledEndpoint, unknownDelivery, unknownEndpoint } from '../unknown-endpoint';

/**
 * Sends a delivery again, whatever became of it, under the same message id and with a full round of attempts; one that waits for
 * its next attempt is sent now.
 * @throws DomainError `webhooks.endpoint-unknown`, `webhooks.delivery-unknown` (not-found), `webhooks.endpoint-disabled` (conflict).
 */
export class ReplayDelivery extends Command<WebhookDeliveryDto> {
  constructor(
    readonly userId: string,
    readonly endpointId: string,
    readonly deliveryId: string,
  ) {
    super();
  }
}

@CommandHandler(ReplayDelivery)
export class ReplayDeliveryHandler implements ICommandHandler<ReplayDelivery> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly endpoints: EndpointsRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly wakeUp: DeliveryWakeUp,
    private readonly audit: AuditLog,
  ) {}

  execute({ userId, endpointId, deliveryId }: ReplayDelivery): Promise<WebhookDeliveryDto> {
    return this.uow.asUser(userId, async () => {
      const endpoint = await this.endpoints.lock(userId, endpointId, 'shared');
      if (!endpoint) throw unknownEndpoint();
      if (endpoint.disabledAt) throw disabledEndpoint();
      await this.deliveries.replay(userId, endpointId, deliveryId);
      const row = await this.deliveries.find(userId, endpointId, deliveryId);
      if (!row) throw unknownDelivery();
      const target = { targetType: 'webhook-delivery', targetId: deliveryId, userId };
      await this.audit.record({ action: 'webhooks.delivery-replayed', ...target });
      this.uow.afterCommit(() => this.wakeUp.ring());
      return webhookDeliveryDto(row);
    });
  }
}
