import { Controller, Get, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import {
  ListWebhookDeliveriesDto,
  WebhookDeliveryDetailDto,
  WebhookDeliveryPage,
} from './list-deliveries.dto';
import { GetDelivery, ListDeliveries } from './list-deliveries.handler';

@Access('user')
@Controller('api/webhooks/:endpointId/deliveries')
export class ListDeliveriesController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({
    operationId: 'webhooks.listDeliveries',
    summary: 'What was sent to an endpoint, newest first',
  })
  @ApiProblem(404, '`webhooks.endpoint-unknown`')
  list(
    @CurrentUser() { userId }: Principal,
    @Param('endpointId', ParseUUIDPipe) endpointId: string,
    @Query() filter: ListWebhookDeliveriesDto,
  ): Promise<WebhookDeliveryPage> {
    return this.queries.execute(new ListDeliveries(userId, endpointId, filter));
  }

  @Get(':deliveryId')
  @ApiOperation({
    operationId: 'webhooks.getDelivery',
    summary: 'One delivery, with what came of each attempt',
  })
  @ApiProblem(404, '`webhooks.delivery-unknown`')
  get(
    @CurrentUser() { userId }: Principal,
    @Param('endpointId', ParseUUIDPipe) endpointId: string,
    @Param('deliveryId', ParseUUIDPipe) deliveryId: string,
  ): Promise<WebhookDeliveryDetailDto> {
    return this.queries.execute(new GetDelivery(userId, endpointId, deliveryId));
  }
}
