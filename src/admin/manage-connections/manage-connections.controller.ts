import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { AdminMailboxPage, SearchConnectionsDto } from './manage-connections.dto';
import { FindConnections } from './manage-connections.handler';

@ApiTags('admin')
@Access('admin')
@Controller('api/admin/connections')
export class ManageConnectionsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({ operationId: 'admin.searchConnections', summary: 'Find mailboxes, the newest first' })
  search(@Query() search: SearchConnectionsDto): Promise<AdminMailboxPage> {
    return this.queries.execute(new FindConnections(search));
  }
}
