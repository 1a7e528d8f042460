import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { Idempotent } from '../../kernel/http/idempotency/idempotent.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { CreatedWebhookEndpointDto, CreateWebhookEndpointDto } from './create-endpoint.dto';
import { CreateEndpoint } from './create-endpoint.handler';

@Controller('api/webhooks')
export class CreateEndpointController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Idempotent()
  @Access('user')
  @ApiOperation({ operationId: 'webhooks.create', summary: 'Have a system of yours told what happens' })
  @ApiProblem(400, '`webhooks.url-refused`: the detail says why.')
  @ApiProblem(409, '`webhooks.too-many-endpoints`')
  create(
    @CurrentUser() { userId }: Principal,
    @Body() body: CreateWebhookEndpointDto,
  ): Promise<CreatedWebhookEndpointDto> {
    return this.commands.execute(new CreateEndpoint(userId, body));
  }
}
