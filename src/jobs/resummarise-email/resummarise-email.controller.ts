import { Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { Idempotent } from '../../kernel/http/idempotency/idempotent.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import type { OrderedResummaryDto } from './resummarise-email.dto';
import { ResummariseEmail } from './resummarise-email.handler';

@Controller('api/email/summaries')
export class ResummariseEmailController {
  constructor(private readonly commands: CommandBus) {}

  /**
   * Orders a new summary of a mail, for a credit that is held now. Once stored it takes this one's place in lists; if none comes
   * of it, the credit is given back and this one stays.
   */
  @Post(':summaryId/resummarise')
  @Idempotent()
  @HttpCode(202)
  @Access('user')
  @ApiOperation({ operationId: 'summaries.resummarise' })
  @ApiProblem(402, '`billing.insufficient-credits`')
  @ApiProblem(404, '`email.summary-not-found`')
  @ApiProblem(409, '`email.resummarise-under-way`, `gmail.not-connected`, `gmail.needs-reauth`')
  order(
    @CurrentUser() { userId }: Principal,
    @Param('summaryId', ParseUUIDPipe) summaryId: string,
  ): Promise<OrderedResummaryDto> {
    return this.commands.execute(new ResummariseEmail(userId, summaryId));
  }
}
