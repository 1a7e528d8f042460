import { Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { Idempotent } from '../../kernel/http/idempotency/idempotent.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { RetryRun } from '../contracts';
import { RetriedRunDto } from './retry-run.dto';

@ApiTags('jobs')
@Controller('api/jobs/runs')
export class RetryRunController {
  constructor(private readonly commands: CommandBus) {}

  /** Tries every failed mail of a run again. A credit is held anew for each, as far as the balance reaches. */
  @Post(':runId/retry')
  @Idempotent()
  @HttpCode(200)
  @Access('user')
  @ApiOperation({ operationId: 'runs.retry' })
  @ApiProblem(404, '`jobs.run-not-found`')
  retry(
    @CurrentUser() { userId }: Principal,
    @Param('runId', ParseUUIDPipe) runId: string,
  ): Promise<RetriedRunDto> {
    return this.commands.execute(new RetryRun({ userId }, runId));
  }
}
