import { Controller, Get, Param, ParseUUIDPipe } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { AnswersVersion } from '../../kernel/http/conditional/edit-version';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { editableOfEndpoint, WebhookEndpointDto, WebhookEndpointListDto } from './list-endpoints.dto';
import { GetEndpoint, ListEndpoints } from './list-endpoints.handler';

@Access('user')
@Controller('api/webhooks')
export class ListEndpointsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({ operationId: 'webhooks.list', summary: 'Your endpoints, oldest first' })
  list(@CurrentUser() { userId }: Principal): Promise<WebhookEndpointListDto> {
    return this.queries.execute(new ListEndpoints(userId));
  }

  @Get(':endpointId')
  @AnswersVersion(editableOfEndpoint)
  @ApiOperation({ operationId: 'webhooks.get', summary: 'One endpoint' })
  @ApiProblem(404, '`webhooks.endpoint-unknown`')
  get(
    @CurrentUser() { userId }: Principal,
    @Param('endpointId', ParseUUIDPipe) endpointId: string,
  ): Promise<WebhookEndpointDto> {
    return this.queries.execute(new GetEndpoint(userId, endpointId));
  }
}
