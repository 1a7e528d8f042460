import { Controller, Get, Param, ParseUUIDPipe } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { AnswersVersion } from '../../kernel/http/conditional/edit-version';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { ConnectionDetailDto, editableOfConnection } from './get-connection.dto';
import { GetConnection } from './get-connection.handler';

@Controller('api/gmail/connections')
export class GetConnectionController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':id')
  @Access('user')
  @AnswersVersion(({ status, filter }: ConnectionDetailDto) => editableOfConnection(status, filter))
  @ApiOperation({
    operationId: 'connections.get',
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
