import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { GetUsageDto, UsageDto } from './get-usage.dto';
import { GetUsage } from './get-usage.handler';

@Controller('api/users')
export class GetUsageController {
  constructor(private readonly queries: QueryBus) {}

  @Get('me/usage')
  @Access('user')
  @ApiOperation({ operationId: 'users.usage', summary: 'What was done for you, day by day' })
  usage(@CurrentUser() { userId }: Principal, @Query() { from, to }: GetUsageDto): Promise<UsageDto> {
    return this.queries.execute(new GetUsage(userId, from, to));
  }
}
