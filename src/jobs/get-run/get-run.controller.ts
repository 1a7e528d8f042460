import { Controller, Get, Param, ParseUUIDPipe } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { Access } from '../../kernel/http/access.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { RunDto } from './get-run.dto';
import { GetRun } from './get-run.handler';

@Controller('api/jobs/runs')
export class GetRunController {
  constructor(private readonly queries: QueryBus) {}

  /** One sync and how far its mails are. */
  @Get(':runId')
  @Access('user')
  @ApiOperation({ operationId: 'runs.get' })
  @ApiProblem(404, '`jobs.run-not-found`')
  get(@CurrentUser() user: Principal, @Param('runId', ParseUUIDPipe) runId: string): Promise<RunDto> {
    return this.queries.execute(new GetRun(user.userId, runId));
  }
}
