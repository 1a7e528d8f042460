import { Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { Idempotent } from '../../kernel/http/idempotency/idempotent.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { CreatedWebhookEndpointDto } from '../create-endpoint/create-endpoint.dto';
import { RotateSecret } from './rotate-secret.handler';

@Controller('api/webhooks')
export class RotateSecretController {
  constructor(private readonly commands: CommandBus) {}

  @Post(':endpointId/rotate-secret')
  @HttpCode(200)
  @Idempotent()
  @Access('user')
  @ApiOperation({
    operationId: 'webhooks.rotateSecret',
    summary: 'A new secret; the old one signs beside it for 24 hours',
  })
  @ApiProblem(404, '`webhooks.endpoint-unknown`')
  rotate(
    @CurrentUser() { userId }: Principal,
    @Param('endpointId', ParseUUIDPipe) endpointId: string,
  ): Promise<CreatedWebhookEndpointDto> {
    return this.commands.execute(new RotateSecret(userId, endpointId));
  }
}
