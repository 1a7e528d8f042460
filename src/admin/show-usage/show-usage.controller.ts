import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { AdminUsageByUserDto, AdminUsageDto, ShowUsageByUserDto, ShowUsageDto } from './show-usage.dto';
import { ShowUsageByUser } from './show-usage-by-user.handler';
import { ShowUsage } from './show-usage.handler';

@ApiTags('admin')
@Access('admin')
@Controller('api/admin/usage')
export class ShowUsageController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({ operationId: 'admin.showUsage', summary: 'Work, cost, revenue and margin by day' })
  show(@Query() { from, to }: ShowUsageDto): Promise<AdminUsageDto> {
    return this.queries.execute(new ShowUsage(from, to));
  }

  @Get('users')
  @ApiOperation({ operationId: 'admin.showUsageByUser', summary: 'Whose mails cost most, the dearest first' })
  showByUser(@Query() { from, to, limit }: ShowUsageByUserDto): Promise<AdminUsageByUserDto> {
    return this.queries.execute(new ShowUsageByUser(from, to, limit));
  }
}
