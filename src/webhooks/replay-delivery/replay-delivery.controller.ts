import { Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { Idempotent } from '../../kernel/http/idempotency/idempotent.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { WebhookDeliveryDto } from '../list-deliveries/list-deliveries.dto';
import { ReplayDelivery } from './replay-delivery.handler';

@Controller('api/webhooks/:endpointId/deliveries')
export class ReplayDeliveryController {
  constructor(private readonly commands: CommandBus) {}

  @Post(':deliveryId/replay')
  @HttpCode(202)
  @Idempotent()
  @Access('user')
  @ApiOperation({
    operationId: 'webhooks.replay',
    summary: 'Send a delivery again, now, under the same message id',
  })
  @ApiProblem(404, '`webhooks.endpoint-unknown`, `webhooks.delivery-unknown`')
  @ApiProblem(409, '`webhooks.endpoint-disabled`')
  replay(
    @CurrentUser() { userId }: Principal,
    @Param('endpointId', ParseUUIDPipe) endpointId: string,
    @Param('deliveryId', ParseUUIDPipe) deliveryId: string,
  ): Promise<WebhookDeliveryDto> {
    return this.commands.execute(new ReplayDelivery(userId, endpointId, deliveryId));
  }
}
