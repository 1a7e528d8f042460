import { Body, Controller, Get, Put } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import {
  AnswersVersion,
  ChecksVersion,
  type EditCondition,
  IfMatch,
} from '../../kernel/http/conditional/edit-version';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { NeedsPayments } from '../payments-enabled.guard';
import { ConfigureTopUpDto, editableOfTopUp, TopUpDto } from './configure-top-up.dto';
import { ConfigureTopUp } from './configure-top-up.handler';
import { GetTopUp } from './get-top-up.handler';

@NeedsPayments()
@Controller('api/billing/top-up')
export class ConfigureTopUpController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  /** Whether and how credits are bought by themselves. */
  @Get()
  @Access('user')
  @AnswersVersion(editableOfTopUp)
  @ApiOperation({ operationId: 'topUp.get' })
  get(@CurrentUser() user: Principal): Promise<TopUpDto> {
    return this.queries.execute(new GetTopUp(user.userId));
  }

  /** Switches automatic top-ups on or off, and tries again after a problem. */
  @Put()
  @Access('user')
  @AnswersVersion(editableOfTopUp)
  @ChecksVersion()
  @ApiOperation({ operationId: 'topUp.update' })
  @ApiProblem(409, '`billing.no-payment-method`: no card is saved.')
  @ApiProblem(422, '`billing.unknown-package`')
  configure(
    @CurrentUser() user: Principal,
    @IfMatch() condition: EditCondition,
    @Body() wish: ConfigureTopUpDto,
  ): Promise<TopUpDto> {
    return this.commands.execute(new ConfigureTopUp(user.userId, wish, condition));
  }
}
