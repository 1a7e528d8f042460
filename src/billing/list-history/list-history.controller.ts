import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { HistoryPage, ListHistoryDto } from './list-history.dto';
import { ListHistory } from './list-history.handler';

@Controller('api/billing/history')
export class ListHistoryController {
  constructor(private readonly queries: QueryBus) {}

  /** Purchases, refunds, disputes and monthly statements, newest first. */
  @Get()
  @Access('user')
  @ApiOperation({ operationId: 'history.list' })
  list(@CurrentUser() user: Principal, @Query() filter: ListHistoryDto): Promise<HistoryPage> {
    return this.queries.execute(new ListHistory(user.userId, filter));
  }
}
