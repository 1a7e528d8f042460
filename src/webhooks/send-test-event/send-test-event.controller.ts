import { Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { Idempotent } from '../../kernel/http/idempotency/idempotent.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { WebhookDeliveryDto } from '../list-deliveries/list-deliveries.dto';
import { SendTestEvent } from './send-test-event.handler';

@Controller('api/webhooks')
export class SendTestEventController {
  constructor(private readonly commands: CommandBus) {}

  @Post(':endpointId/test')
  @HttpCode(202)
  @Idempotent()
  @Access('user')
  @ApiOperation({
    operationId: 'webhooks.test',
    summary: 'Send a `webhook.test` event, once; its delivery says what came of it',
  })
  @ApiProblem(404, '`webhooks.endpoint-unknown`')
  @ApiProblem(409, '`webhooks.endpoint-disabled`')
  test(
    @CurrentUser() { userId }: Principal,
    @Param('endpointId', ParseUUIDPipe) endpointId: string,
  ): Promise<WebhookDeliveryDto> {
    return this.commands.execute(new SendTestEvent(userId, endpointId));
  }
}
