import { Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { RepeatsSafely } from '../../kernel/http/idempotency/idempotent.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { PauseProcessing, ResumeProcessing } from '../contracts';

@ApiTags('jobs')
@Controller('api/jobs')
export class PauseProcessingController {
  constructor(private readonly commands: CommandBus) {}

  /** Starts none of your mails until you resume; what is being summarised ends. Mails are still found and queued. */
  @Post('pause')
  @RepeatsSafely('What is paused stays paused.')
  @HttpCode(204)
  @Access('user')
  @ApiOperation({ operationId: 'jobs.pause' })
  pause(@CurrentUser() { userId }: Principal): Promise<void> {
    return this.commands.execute(new PauseProcessing(userId));
  }

  /** Goes on where you paused. */
  @Post('resume')
  @RepeatsSafely('What runs keeps running.')
  @HttpCode(204)
  @Access('user')
  @ApiOperation({ operationId: 'jobs.resume' })
  resume(@CurrentUser() { userId }: Principal): Promise<void> {
    return this.commands.execute(new ResumeProcessing(userId));
  }
}
