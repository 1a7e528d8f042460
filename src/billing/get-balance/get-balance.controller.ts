import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { KeptPerReader } from '../../kernel/http/kept/kept-per-reader.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { GetBalance } from '../contracts';
import { BalanceDto } from './get-balance.dto';

@Controller('api/billing/balance')
export class GetBalanceController {
  constructor(private readonly queries: QueryBus) {}

  /** Your credits: what you may spend, what is set aside, and when what expires. */
  @Get()
  @Access('user')
  @KeptPerReader()
  @ApiOperation({ operationId: 'billing.balance' })
  get(@CurrentUser() user: Principal): Promise<BalanceDto> {
    return this.queries.execute(new GetBalance(user.userId));
  }
}
