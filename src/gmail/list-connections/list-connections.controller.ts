import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { ListConnections } from '../contracts/queries';
import { ConnectionListDto } from './list-connections.dto';

@Controller('api/gmail/connections')
export class ListConnectionsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Access('user')
  @ApiOperation({ operationId: 'connections.list', summary: 'The connected mailboxes, oldest first' })
  async list(@CurrentUser() { userId }: Principal): Promise<ConnectionListDto> {
    return {
      data: (await this.queries.execute(new ListConnections(userId))).map(({ userId: _, ...view }) => view),
    };
  }
}
