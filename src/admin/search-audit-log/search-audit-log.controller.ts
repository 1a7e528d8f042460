import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { SearchAuditLog } from '../../auth/contracts';
import { Access } from '../../kernel/http/access.decorator';
import { AuditRecordPage, SearchAuditLogDto } from './search-audit-log.dto';

@ApiTags('admin')
@Access('admin')
@Controller('api/admin/audit')
export class SearchAuditLogController {
  constructor(private readonly queries: QueryBus) {}

  /** What was done in the whole product, by whom and to what, the newest first. Nobody can change it. */
  @Get()
  @ApiOperation({ operationId: 'admin.searchAuditLog', summary: 'Search the audit log' })
  search(@Query() { limit, cursor, from, to, ...filter }: SearchAuditLogDto): Promise<AuditRecordPage> {
    const times = { ...(from && { from: new Date(from) }), ...(to && { to: new Date(to) }) };
    return this.queries.execute(new SearchAuditLog({ ...filter, ...times }, limit, cursor));
  }
}
