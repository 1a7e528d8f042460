import { Controller, Get, Param, ParseUUIDPipe } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import type { ResummaryQuoteDto } from './quote-resummary.dto';
import { QuoteResummary } from './quote-resummary.handler';

@Controller('api/email/summaries')
export class QuoteResummaryController {
  constructor(private readonly queries: QueryBus) {}

  /** What summarising this mail anew would cost. Nothing is started or held. */
  @Get(':summaryId/resummarise')
  @Access('user')
  @ApiOperation({ operationId: 'summaries.quoteResummary' })
  @ApiProblem(404, '`email.summary-not-found`')
  quote(
    @CurrentUser() { userId }: Principal,
    @Param('summaryId', ParseUUIDPipe) summaryId: string,
  ): Promise<ResummaryQuoteDto> {
    return this.queries.execute(new QuoteResummary(userId, summaryId));
  }
}
