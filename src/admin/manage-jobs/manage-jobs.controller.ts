import { Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CancelJob, CancelRun, ReleaseQuarantined, RetryJob, RetryRun } from '../../jobs/contracts';
import { Access } from '../../kernel/http/access.decorator';
import { Idempotent, RepeatsSafely } from '../../kernel/http/idempotency/idempotent.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { PageQueryDto } from '../../kernel/http/page';
import {
  AdminJobPage,
  AdminRunPage,
  CancelledMailsDto,
  JobStateDto,
  RetriedMailsDto,
  SearchJobsDto,
  SearchRunsDto,
} from './manage-jobs.dto';
import { FindJobs, FindRuns, ShowQuarantine } from './manage-jobs.handler';

@ApiTags('admin')
@Access('admin')
@Controller('api/admin')
export class ManageJobsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get('jobs')
  @ApiOperation({ operationId: 'admin.searchJobs', summary: 'Find jobs, the newest first' })
  search(@Query() search: SearchJobsDto): Promise<AdminJobPage> {
    return this.queries.execute(new FindJobs(search));
  }

  @Get('quarantine')
  @ApiOperation({ operationId: 'admin.listQuarantine', summary: 'Mails that killed their workers' })
  quarantine(@Query() page: PageQueryDto): Promise<AdminJobPage> {
    return this.queries.execute(new ShowQuarantine(page));
  }

  @Post('quarantine/:id/release')
  @RepeatsSafely('A mail leaves quarantine once.')
  @HttpCode(202)
  @ApiOperation({ operationId: 'admin.releaseQuarantined', summary: 'Let a quarantined mail run again' })
  @ApiProblem(404, '`jobs.job-not-found`')
  @ApiProblem(409, '`jobs.not-quarantined` or `jobs.not-settled`')
  release(@Param('id', ParseUUIDPipe) id: string): Promise<JobStateDto> {
    return this.commands.execute(new ReleaseQuarantined(id));
  }

  @Post('jobs/:id/retry')
  @Idempotent()
  @HttpCode(202)
  @ApiOperation({ operationId: 'admin.retryJob', summary: 'Try a failed or cancelled mail again' })
  @ApiProblem(404, '`jobs.job-not-found`')
  @ApiProblem(409, '`jobs.not-retryable`, `jobs.quarantined` or `jobs.not-settled`')
  retry(@Param('id', ParseUUIDPipe) id: string): Promise<JobStateDto> {
    return this.commands.execute(new RetryJob('admin', id));
  }

  @Post('jobs/:id/cancel')
  @RepeatsSafely('A job is cancelled once.')
  @HttpCode(204)
  @ApiOperation({ operationId: 'admin.cancelJob', summary: 'Stop the work on one mail' })
  @ApiProblem(404, '`jobs.job-not-found`')
  @ApiProblem(409, '`jobs.job-ended`')
  cancel(@Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.commands.execute(new CancelJob('admin', id));
  }

  @Get('runs')
  @ApiOperation({ operationId: 'admin.searchRuns', summary: 'Find runs, the newest first' })
  searchRuns(@Query() search: SearchRunsDto): Promise<AdminRunPage> {
    return this.queries.execute(new FindRuns(search));
  }

  @Post('runs/:id/retry')
  @Idempotent()
  @HttpCode(202)
  @ApiOperation({ operationId: 'admin.retryRun', summary: 'Try the failed mails of a run again' })
  @ApiProblem(404, '`jobs.run-not-found`')
  retryRun(@Param('id', ParseUUIDPipe) id: string): Promise<RetriedMailsDto> {
    return this.commands.execute(new RetryRun('admin', id));
  }

  @Post('runs/:id/cancel')
  @RepeatsSafely('A run is cancelled once.')
  @HttpCode(200)
  @ApiOperation({ operationId: 'admin.cancelRun', summary: 'Stop a run' })
  @ApiProblem(404, '`jobs.run-not-found`')
  cancelRun(@Param('id', ParseUUIDPipe) id: string): Promise<CancelledMailsDto> {
    return this.commands.execute(new CancelRun('admin', id));
  }
}
