import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { CursorCodec } from '../../kernel/http/cursor';
import { cutPage } from '../../kernel/http/page';
import { DeliveriesRepository } from '../deliveries.repository';
import { EndpointsRepository } from '../endpoints.repository';
import { unknownDelivery, unknownEndpoint } from '../unknown-endpoint';
import {
  type ListWebhookDeliveriesDto,
  webhookAttemptDto,
  type WebhookDeliveryDetailDto,
  webhookDeliveryDto,
  type WebhookDeliveryPage,
} from './list-deliveries.dto';

/** A page of an endpoint's deliveries, newest first. @throws DomainError `webhooks.endpoint-unknown` (not-found). */
export class ListDeliveries extends Query<WebhookDeliveryPage> {
  constructor(
    readonly userId: string,
    readonly endpointId: string,
    readonly filter: ListWebhookDeliveriesDto,
  ) {
    super();
  }
}

/** One delivery with its log. @throws DomainError `webhooks.delivery-unknown` (not-found). */
export class GetDelivery extends Query<WebhookDeliveryDetailDto> {
  constructor(
    readonly userId: string,
    readonly endpointId: string,
    readonly deliveryId: string,
  ) {
    super();
  }
}

const list = 'webhooks.deliveries';

@QueryHandler(ListDeliveries)
export class ListDeliveriesHandler implements IQueryHandler<ListDeliveries> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly endpoints: EndpointsRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly cursors: CursorCodec,
  ) {}

  async execute({ userId, endpointId, filter }: ListDeliveries): Promise<WebhookDeliveryPage> {
    const { limit, cursor, state } = filter;
    const before = cursor === undefined ? null : String(this.cursors.decode(list, cursor)[0]);
    const rows = await this.uow.readAsUser(userId, async () => {
      if (!(await this.endpoints.find(userId, endpointId))) throw unknownEndpoint();
      return this.deliveries.list(userId, endpointId, state, before, limit + 1);
    });
    return cutPage(rows.map(webhookDeliveryDto), limit, this.cursors, list, ({ id }) => [id]);
  }
}

@QueryHandler(GetDelivery)
export class GetDeliveryHandler implements IQueryHandler<GetDelivery> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deliveries: DeliveriesRepository,
  ) {}

  execute({ userId, endpointId, deliveryId }: GetDelivery): Promise<WebhookDeliveryDetailDto> {
    return this.uow.readAsUser(userId, async () => {
      const row = await this.deliveries.find(userId, endpointId, deliveryId);
      if (!row) throw unknownDelivery();
      const log = await this.deliveries.attempts(userId, deliveryId);
      return Object.assign(webhookDeliveryDto(row), {
        payload: row.payload,
        log: log.map(webhookAttemptDto),
      });
    });
  }
}
