import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { Idempotent } from '../../kernel/http/idempotency/idempotent.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { RefundPurchase } from '../contracts';
import { NeedsPayments } from '../payments-enabled.guard';
import { RefundPurchaseDto } from './refund-purchase.dto';

@NeedsPayments()
@Controller('api/admin/payments')
export class RefundPurchaseController {
  constructor(private readonly commands: CommandBus) {}

  /** Pays an unused purchase back. The credits go at once, the money follows. */
  @Post(':id/refund')
  @Idempotent()
  @HttpCode(202)
  @Access('admin')
  @ApiOperation({ operationId: 'admin.refundPurchase' })
  @ApiProblem(409, '`billing.purchase-used` or `billing.not-refundable`')
  refund(
    @CurrentUser() admin: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: RefundPurchaseDto,
  ): Promise<void> {
    return this.commands.execute(new RefundPurchase(id, admin.userId, reason));
  }
}
