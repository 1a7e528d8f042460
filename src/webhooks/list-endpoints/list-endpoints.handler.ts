import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '../../kernel/database/unit-of-work';
import { EndpointsRepository } from '../endpoints.repository';
import { unknownEndpoint } from '../unknown-endpoint';
import {
  type WebhookEndpointDto,
  webhookEndpointDto,
  type WebhookEndpointListDto,
} from './list-endpoints.dto';

/** A user's endpoints, oldest first. */
export class ListEndpoints extends Query<WebhookEndpointListDto> {
  constructor(readonly userId: string) {
    super();
  }
}

/** One endpoint. @throws DomainError `webhooks.endpoint-unknown` (not-found). */
export class GetEndpoint extends Query<WebhookEndpointDto> {
  constructor(
    readonly userId: string,
    readonly endpointId: string,
  ) {
    super();
  }
}

@QueryHandler(ListEndpoints)
export class ListEndpointsHandler implements IQueryHandler<ListEndpoints> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly endpoints: EndpointsRepository,
  ) {}

  async execute({ userId }: ListEndpoints): Promise<WebhookEndpointListDto> {
    const rows = await this.uow.readAsUser(userId, () => this.endpoints.list(userId));
    return { data: rows.map(webhookEndpointDto) };
  }
}

@QueryHandler(GetEndpoint)
export class GetEndpointHandler implements IQueryHandler<GetEndpoint> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly endpoints: EndpointsRepository,
  ) {}

  async execute({ userId, endpointId }: GetEndpoint): Promise<WebhookEndpointDto> {
    const row = await this.uow.readAsUser(userId, () => this.endpoints.find(userId, endpointId));
    if (!row) throw unknownEndpoint();
    return webhookEndpointDto(row);
  }
}
