import { Controller, Get, Header, Param } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiParam, ApiProduces } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { ExportStatement } from './export-statement.handler';

@Controller('api/billing/history')
export class ExportStatementController {
  constructor(private readonly queries: QueryBus) {}

  /** A month's credits line by line, from the opening to the closing balance, as CSV. Days are UTC. */
  @Get(':month.csv')
  @Access('user')
  @Header('content-type', 'text/csv; charset=utf-8')
  @Header('content-disposition', 'attachment; filename="statement.csv"')
  @ApiProduces('text/csv')
  @ApiParam({
    name: 'month',
    schema: { type: 'string', pattern: '^20\\d\\d-(0[1-9]|1[0-2])$' },
    example: '2026-11',
  })
  @ApiOperation({ operationId: 'history.export' })
  @ApiProblem(400, '`billing.bad-month`')
  export(@CurrentUser() user: Principal, @Param('month') month: string): Promise<string> {
    return this.queries.execute(new ExportStatement(user.userId, month, new Date()));
  }
}
