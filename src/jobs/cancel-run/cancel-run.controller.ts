import { Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { RepeatsSafely } from '../../kernel/http/idempotency/idempotent.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { CancelRun } from '../contracts';
import { CancelledRunDto } from './cancel-run.dto';

@ApiTags('jobs')
@Controller('api/jobs/runs')
export class CancelRunController {
  constructor(private readonly commands: CommandBus) {}

  /** Stops a run: the search for mails and the work on those it found. Credits of stopped mails come back. */
  @Post(':runId/cancel')
  @RepeatsSafely('A run is cancelled once.')
  @HttpCode(200)
  @Access('user')
  @ApiOperation({ operationId: 'runs.cancel' })
  @ApiProblem(404, '`jobs.run-not-found`')
  cancel(
    @CurrentUser() { userId }: Principal,
    @Param('runId', ParseUUIDPipe) runId: string,
  ): Promise<CancelledRunDto> {
    return this.commands.execute(new CancelRun({ userId }, runId));
  }
}
