import { Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { RepeatsSafely } from '../../kernel/http/idempotency/idempotent.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { CancelJob } from '../contracts';

@ApiTags('jobs')
@Controller('api/jobs')
export class CancelJobController {
  constructor(private readonly commands: CommandBus) {}

  /** Stops the work on one mail; its credit comes back. Work under way stores nothing any more. */
  @Post(':jobId/cancel')
  @RepeatsSafely('A job is cancelled once.')
  @HttpCode(204)
  @Access('user')
  @ApiOperation({ operationId: 'jobs.cancel' })
  @ApiProblem(404, '`jobs.job-not-found`')
  @ApiProblem(409, '`jobs.job-ended`')
  cancel(@CurrentUser() { userId }: Principal, @Param('jobId', ParseUUIDPipe) jobId: string): Promise<void> {
    return this.commands.execute(new CancelJob({ userId }, jobId));
  }
}
