import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { NeedsPayments } from '../payments-enabled.guard';
import { IdempotencyKey, NeedsIdempotencyKey } from './idempotency-key.decorator';
import { PurchaseDto, PurchasedDto } from './purchase-credits.dto';
import { PurchaseCredits } from './purchase-credits.handler';

@ApiTags('billing')
@NeedsPayments()
@Controller('api/billing/purchase')
export class PurchaseCreditsController {
  constructor(private readonly commands: CommandBus) {}

  /** Begins a purchase and answers the page to pay on. */
  @Post()
  @Access('user')
  @NeedsIdempotencyKey()
  @ApiOperation({ operationId: 'billing.purchase' })
  purchase(
    @CurrentUser() user: Principal,
    @IdempotencyKey() key: string,
    @Body() order: PurchaseDto,
  ): Promise<PurchasedDto> {
    return this.commands.execute(new PurchaseCredits(user.userId, key, order));
  }
}
