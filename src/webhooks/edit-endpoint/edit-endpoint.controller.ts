import { Body, Controller, Param, ParseUUIDPipe, Patch } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import {
  AnswersVersion,
  ChecksVersion,
  type EditCondition,
  IfMatch,
} from '../../kernel/http/conditional/edit-version';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { editableOfEndpoint, WebhookEndpointDto } from '../list-endpoints/list-endpoints.dto';
import { EditWebhookEndpointDto } from './edit-endpoint.dto';
import { EditEndpoint } from './edit-endpoint.handler';

@Controller('api/webhooks')
export class EditEndpointController {
  constructor(private readonly commands: CommandBus) {}

  @Patch(':endpointId')
  @Access('user')
  @ChecksVersion()
  @AnswersVersion(editableOfEndpoint)
  @ApiOperation({ operationId: 'webhooks.update', summary: 'Edit, disable or enable an endpoint' })
  @ApiProblem(400, '`webhooks.url-refused`: the detail says why.')
  @ApiProblem(404, '`webhooks.endpoint-unknown`')
  edit(
    @CurrentUser() { userId }: Principal,
    @Param('endpointId', ParseUUIDPipe) endpointId: string,
    @IfMatch() condition: EditCondition,
    @Body() body: EditWebhookEndpointDto,
  ): Promise<WebhookEndpointDto> {
    return this.commands.execute(new EditEndpoint(userId, endpointId, body, condition));
  }
}
