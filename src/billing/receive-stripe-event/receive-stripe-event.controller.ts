import { Controller, Headers, HttpCode, Post, RawBody } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBody, ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { RepeatsSafely } from '../../kernel/http/idempotency/idempotent.decorator';
import { Uncounted } from '../../kernel/http/rate-limit/rate-limit.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { RawBodyRoute } from '../../kernel/http/raw-body.decorator';
import { NeedsPayments } from '../payments-enabled.guard';
import { ReceivedEventDto } from './receive-stripe-event.dto';
import { ReceiveStripeEvent } from './receive-stripe-event.handler';

@NeedsPayments()
@Controller('api/billing/webhook')
export class ReceiveStripeEventController {
  constructor(private readonly commands: CommandBus) {}

  /** For Stripe alone: takes signed events. The signature is the proof, so nobody signs in here. */
  @Post()
  @RepeatsSafely('An event is stored once, by its id.')
  @HttpCode(200)
  @Access('public')
  @Uncounted()
  @RawBodyRoute()
  @ApiOperation({ operationId: 'billing.webhook' })
  @ApiBody({ schema: { type: 'object', additionalProperties: true, description: 'A Stripe event.' } })
  @ApiProblem(400, '`billing.webhook-signature`, `billing.webhook-mode` or `billing.webhook-account`')
  @ApiProblem(413, 'An event of more than 256 KiB.')
  async receive(
    @RawBody() body: Buffer | undefined,
    @Headers('stripe-signature') signature: string | undefined,
  ): Promise<ReceivedEventDto> {
    await this.commands.execute(new ReceiveStripeEvent(body, signature));
    return { received: true };
  }
}
