import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { GetWebhooksPersonalData, type PersonalData } from '../../auth/contracts';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { DeliveriesRepository } from '../deliveries.repository';
import { EndpointsRepository } from '../endpoints.repository';
import { webhookDeliveryDto } from '../list-deliveries/list-deliveries.dto';
import { webhookEndpointDto } from '../list-endpoints/list-endpoints.dto';

/** Deliveries of one export, the oldest ones; the log itself pages through more. */
const mostDeliveries = 10_000;

@QueryHandler(GetWebhooksPersonalData)
export class GetWebhooksPersonalDataHandler implements IQueryHandler<GetWebhooksPersonalData> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly endpoints: EndpointsRepository,
    private readonly deliveries: DeliveriesRepository,
  ) {}

  execute({ userId }: GetWebhooksPersonalData): Promise<PersonalData> {
    return this.uow.readAsUser(userId, async () => ({
      endpoints: (await this.endpoints.list(userId)).map(webhookEndpointDto),
      deliveries: (await this.deliveries.listAll(userId, mostDeliveries)).map(webhookDeliveryDto),
    }));
  }
}
