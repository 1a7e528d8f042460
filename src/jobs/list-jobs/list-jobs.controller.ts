import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { JobPage, ListJobsDto } from './list-jobs.dto';
import { ListJobs } from './list-jobs.handler';

@Controller('api/jobs')
export class ListJobsController {
  constructor(private readonly queries: QueryBus) {}

  /** Your jobs, newest first. */
  @Get()
  @Access('user')
  @ApiOperation({ operationId: 'jobs.list' })
  list(@CurrentUser() user: Principal, @Query() filter: ListJobsDto): Promise<JobPage> {
    return this.queries.execute(new ListJobs(user.userId, filter));
  }
}
