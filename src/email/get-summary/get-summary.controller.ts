import { Controller, Get, Param, ParseUUIDPipe } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { SummaryDto } from '../list-summaries/summary.dto';
import { GetSummary } from './get-summary.handler';

@Controller('api/email/summaries')
export class GetSummaryController {
  constructor(private readonly queries: QueryBus) {}

  /** One summary. */
  @Get(':summaryId')
  @Access('user')
  @ApiOperation({ operationId: 'summaries.get' })
  @ApiProblem(404, '`email.summary-not-found`')
  get(
    @CurrentUser() user: Principal,
    @Param('summaryId', ParseUUIDPipe) summaryId: string,
  ): Promise<SummaryDto> {
    return this.queries.execute(new GetSummary(user.userId, summaryId));
  }
}
