import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ReplayStripeEvent } from '../../billing/contracts';
import { Access } from '../../kernel/http/access.decorator';
import { RepeatsSafely } from '../../kernel/http/idempotency/idempotent.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { ReasonDto } from '../reason.dto';
import {
  AdminPaymentPage,
  AdminStripeEventPage,
  SearchPaymentsDto,
  SearchStripeEventsDto,
} from './manage-payments.dto';
import { SearchPayments, SearchStripeEvents } from './manage-payments.handler';

@ApiTags('admin')
@Access('admin')
@Controller('api/admin')
export class ManagePaymentsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get('payments')
  @ApiOperation({ operationId: 'admin.searchPayments', summary: 'Find purchases, the newest first' })
  payments(@Query() search: SearchPaymentsDto): Promise<AdminPaymentPage> {
    return this.queries.execute(new SearchPayments(search));
  }

  @Get('stripe-events')
  @ApiOperation({ operationId: 'admin.searchStripeEvents', summary: "Find Stripe's events, the last first" })
  events(@Query() search: SearchStripeEventsDto): Promise<AdminStripeEventPage> {
    return this.queries.execute(new SearchStripeEvents(search));
  }

  @Post('stripe-events/:id/replay')
  @RepeatsSafely('What an event asks for is done once.')
  @HttpCode(202)
  @ApiOperation({ operationId: 'admin.replayStripeEvent', summary: 'Act upon an event once more' })
  @ApiParam({
    name: 'id',
    description: "The event's id at Stripe.",
    example: 'evt_1Q0PsIBNSBh2dUkP',
    schema: { type: 'string', maxLength: 255 },
  })
  @ApiProblem(404, '`billing.event-not-found`')
  @ApiProblem(410, '`billing.event-emptied`')
  replay(@Param('id') id: string, @Body() { reason }: ReasonDto): Promise<void> {
    return this.commands.execute(new ReplayStripeEvent(id, reason));
  }
}
