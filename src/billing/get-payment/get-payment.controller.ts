import { Controller, Get, Param, ParseUUIDPipe } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { NeedsPayments } from '../payments-enabled.guard';
import { PaymentDto } from './get-payment.dto';
import { GetPayment } from './get-payment.handler';

@NeedsPayments()
@Controller('api/billing/payments')
export class GetPaymentController {
  constructor(private readonly queries: QueryBus) {}

  /** How one of your payments stands. */
  @Get(':id')
  @Access('user')
  @ApiOperation({ operationId: 'payments.get' })
  @ApiProblem(404, '`billing.payment-not-found`')
  get(@CurrentUser() user: Principal, @Param('id', ParseUUIDPipe) id: string): Promise<PaymentDto> {
    return this.queries.execute(new GetPayment(user.userId, id));
  }
}
