import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { DigestDto, GetDigestDto } from './get-digest.dto';
import { GetDigest } from './get-digest.handler';

@Controller('api/email/digest')
export class GetDigestController {
  constructor(private readonly queries: QueryBus) {}

  /** One day's mails on one page: what they ask for, and what they say, by category. */
  @Get()
  @Access('user')
  @ApiOperation({ operationId: 'summaries.digest' })
  get(@CurrentUser() user: Principal, @Query() { day, timeZone }: GetDigestDto): Promise<DigestDto> {
    return this.queries.execute(new GetDigest(user.userId, day, timeZone));
  }
}
