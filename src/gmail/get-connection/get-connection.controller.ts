import { Controller, Get, Param, ParseUUIDPipe } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { ConnectionDetailDto } from './get-connection.dto';
import { GetConnection } from './get-connection.handler';

@ApiTags('Gmail')
@Controller('api/gmail/connections')
export class GetConnectionController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':id')
  @Access('user')
  @ApiOperation({
    operationId: 'gmail.connection',
    summary: 'One mailbox: its health, its filter, what became of its mails',
  })
  @ApiProblem(404, '`gmail.connection-unknown`')
  get(
    @CurrentUser() { userId }: Principal,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<ConnectionDetailDto> {
    return this.queries.execute(new GetConnection(userId, id));
  }
}
