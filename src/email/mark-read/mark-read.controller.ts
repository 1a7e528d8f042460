import { Controller, Delete, HttpCode, Param, ParseUUIDPipe, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { MarkRead } from './mark-read.handler';

@ApiTags('summaries')
@Controller('api/email/summaries/:summaryId/read')
@Access('user')
export class MarkReadController {
  constructor(private readonly commands: CommandBus) {}

  /** Marks a summary as read; the mail in Gmail stays as it is. */
  @Put()
  @HttpCode(204)
  @ApiOperation({ operationId: 'summaries.markRead' })
  @ApiProblem(404, '`email.summary-not-found`')
  mark(@CurrentUser() user: Principal, @Param('summaryId', ParseUUIDPipe) summaryId: string): Promise<void> {
    return this.commands.execute(new MarkRead(user.userId, summaryId, true));
  }

  /** Takes the mark back: the mail counts as unread again if Gmail had it so. */
  @Delete()
  @HttpCode(204)
  @ApiOperation({ operationId: 'summaries.markUnread' })
  @ApiProblem(404, '`email.summary-not-found`')
  unmark(
    @CurrentUser() user: Principal,
    @Param('summaryId', ParseUUIDPipe) summaryId: string,
  ): Promise<void> {
    return this.commands.execute(new MarkRead(user.userId, summaryId, false));
  }
}
