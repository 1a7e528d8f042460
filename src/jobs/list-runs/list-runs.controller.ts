import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { PageQueryDto } from '../../kernel/http/page';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { RunPage } from './list-runs.dto';
import { ListRuns } from './list-runs.handler';

@Controller('api/jobs/runs')
export class ListRunsController {
  constructor(private readonly queries: QueryBus) {}

  /** Your runs with how far each is, newest first. */
  @Get()
  @Access('user')
  @ApiOperation({ operationId: 'runs.list' })
  list(@CurrentUser() user: Principal, @Query() { limit, cursor }: PageQueryDto): Promise<RunPage> {
    return this.queries.execute(new ListRuns(user.userId, limit, cursor));
  }
}
