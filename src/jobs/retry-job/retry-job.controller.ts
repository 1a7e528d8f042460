import { Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { Idempotent } from '../../kernel/http/idempotency/idempotent.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { RetryJob } from '../contracts';
import { RetriedJobDto } from './retry-job.dto';

@ApiTags('jobs')
@Controller('api/jobs')
export class RetryJobController {
  constructor(private readonly commands: CommandBus) {}

  /** Tries a failed or cancelled mail again. A credit is held anew; the mail costs nothing unless a summary comes of it. */
  @Post(':jobId/retry')
  @Idempotent()
  @HttpCode(200)
  @Access('user')
  @ApiOperation({ operationId: 'jobs.retry' })
  @ApiOkResponse({ type: RetriedJobDto })
  @ApiProblem(404, '`jobs.job-not-found`')
  @ApiProblem(409, '`jobs.not-retryable`, `jobs.quarantined`, or `jobs.not-settled`: try again in a moment')
  retry(@CurrentUser() { userId }: Principal, @Param('jobId', ParseUUIDPipe) jobId: string) {
    return this.commands.execute(new RetryJob({ userId }, jobId));
  }
}
