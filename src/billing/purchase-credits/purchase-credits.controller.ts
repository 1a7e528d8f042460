import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { IdempotencyKey } from '../../kernel/http/idempotency/idempotency-key';
import { Idempotent } from '../../kernel/http/idempotency/idempotent.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { NeedsPayments } from '../payments-enabled.guard';
import { PurchaseDto, PurchasedDto } from './purchase-credits.dto';
import { PurchaseCredits } from './purchase-credits.handler';

@NeedsPayments()
@Controller('api/billing/purchase')
export class PurchaseCreditsController {
  constructor(private readonly commands: CommandBus) {}

  /** Begins a purchase and answers the page to pay on. */
  @Post()
  @Idempotent('command')
  @Access('user')
  @ApiOperation({ operationId: 'billing.purchase' })
  @ApiProblem(400, '`billing.return-url`')
  @ApiProblem(410, '`billing.checkout-closed`: this purchase is over.')
  @ApiProblem(
    422,
    '`billing.unknown-package`, or `billing.idempotency-key-reused`: this key came with another body before.',
  )
  purchase(
    @CurrentUser() user: Principal,
    @IdempotencyKey() key: string,
    @Body() order: PurchaseDto,
  ): Promise<PurchasedDto> {
    return this.commands.execute(new PurchaseCredits(user.userId, key, order));
  }
}
