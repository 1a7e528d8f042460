import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { KeptPerReader } from '../../kernel/http/kept/kept-per-reader.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { ListSummariesDto } from './list-summaries.dto';
import { ListSummaries } from './list-summaries.handler';
import { SummaryPage } from './summary.dto';

@Controller('api/email/summaries')
export class ListSummariesController {
  constructor(private readonly queries: QueryBus) {}

  /** Your summaries, the newest mail first. */
  @Get()
  @Access('user')
  @KeptPerReader()
  @ApiOperation({ operationId: 'summaries.list' })
  list(@CurrentUser() user: Principal, @Query() filter: ListSummariesDto): Promise<SummaryPage> {
    return this.queries.execute(new ListSummaries(user.userId, filter));
  }
}
