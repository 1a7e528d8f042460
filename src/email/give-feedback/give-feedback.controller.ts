import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { RepeatsSafely } from '../../kernel/http/idempotency/idempotent.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { FeedbackDto } from '../list-summaries/summary.dto';
import { GiveFeedbackDto } from './give-feedback.dto';
import { GiveFeedback } from './give-feedback.handler';

@Controller('api/email/summaries')
export class GiveFeedbackController {
  constructor(private readonly commands: CommandBus) {}

  /** Tells whether a summary was of use, and why not. Told again, the last word counts. */
  @Post(':summaryId/feedback')
  @RepeatsSafely('The last word replaces the one before.')
  @HttpCode(200)
  @Access('user')
  @ApiOperation({ operationId: 'summaries.giveFeedback' })
  @ApiProblem(404, '`email.summary-not-found`')
  give(
    @CurrentUser() user: Principal,
    @Param('summaryId', ParseUUIDPipe) summaryId: string,
    @Body() { useful, reason, comment }: GiveFeedbackDto,
  ): Promise<FeedbackDto> {
    return this.commands.execute(
      new GiveFeedback(user.userId, summaryId, useful, reason ?? null, comment ?? null),
    );
  }
}
