import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { ListTransactionsDto, TransactionPage } from './list-transactions.dto';
import { ListTransactions } from './list-transactions.handler';

@Controller('api/billing/transactions')
export class ListTransactionsController {
  constructor(private readonly queries: QueryBus) {}

  /** Every movement of your credits, newest first, with the balance after it. */
  @Get()
  @Access('user')
  @ApiOperation({ operationId: 'transactions.list' })
  list(@CurrentUser() user: Principal, @Query() filter: ListTransactionsDto): Promise<TransactionPage> {
    return this.queries.execute(new ListTransactions(user.userId, filter));
  }
}
