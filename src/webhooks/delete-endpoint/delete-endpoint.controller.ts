import { Controller, Delete, HttpCode, Param, ParseUUIDPipe } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { DeleteEndpoint } from './delete-endpoint.handler';

@Controller('api/webhooks')
export class DeleteEndpointController {
  constructor(private readonly commands: CommandBus) {}

  @Delete(':endpointId')
  @HttpCode(204)
  @Access('user')
  @ApiOperation({ operationId: 'webhooks.delete', summary: 'Forget an endpoint with its log' })
  @ApiProblem(404, '`webhooks.endpoint-unknown`')
  delete(
    @CurrentUser() { userId }: Principal,
    @Param('endpointId', ParseUUIDPipe) endpointId: string,
  ): Promise<void> {
    return this.commands.execute(new DeleteEndpoint(userId, endpointId));
  }
}
