import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { Access } from '../../kernel/http/access.decorator';
import { RepeatsSafely } from '../../kernel/http/idempotency/idempotent.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { QuoteSyncDto, SyncQuoteDto } from './quote-sync.dto';
import { QuoteSync } from './quote-sync.handler';

@Controller('api/email/quote')
export class QuoteSyncController {
  constructor(private readonly queries: QueryBus) {}

  /** What a sync would cost now. Nothing is started, read or held. */
  @Post()
  @RepeatsSafely('It only reads.')
  @HttpCode(200)
  @Access('user')
  @ApiOperation({ operationId: 'gmail.quote' })
  @ApiProblem(404, '`gmail.connection-not-found`')
  @ApiProblem(409, '`jobs.no-connection`, `jobs.connection-not-ready`')
  quote(
    @CurrentUser() user: Principal,
    @Body() { connectionId, ...limits }: QuoteSyncDto,
  ): Promise<SyncQuoteDto> {
    return this.queries.execute(new QuoteSync(user.userId, connectionId, limits));
  }
}
