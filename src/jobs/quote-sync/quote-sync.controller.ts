import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { QuoteSyncDto, SyncQuoteDto } from './quote-sync.dto';
import { QuoteSync } from './quote-sync.handler';

@ApiTags('gmail')
@Controller('api/email/quote')
export class QuoteSyncController {
  constructor(private readonly queries: QueryBus) {}

  /** What a sync would cost now. Nothing is started, read or held. */
  @Post()
  @HttpCode(200)
  @Access('user')
  @ApiOperation({ operationId: 'gmail.quote' })
  quote(
    @CurrentUser() user: Principal,
    @Body() { connectionId, ...limits }: QuoteSyncDto,
  ): Promise<SyncQuoteDto> {
    return this.queries.execute(new QuoteSync(user.userId, connectionId, limits));
  }
}
