import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { SystemHealthDto } from './show-health.dto';
import { ShowSystemHealth } from './show-health.handler';

@ApiTags('admin')
@Access('admin')
@Controller('api/admin/health')
export class ShowHealthController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({ operationId: 'admin.showHealth', summary: 'How the product is, over all processes' })
  show(): Promise<SystemHealthDto> {
    return this.queries.execute(new ShowSystemHealth());
  }
}
