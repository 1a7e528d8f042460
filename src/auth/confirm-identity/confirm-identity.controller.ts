import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { RepeatsSafely } from '../../kernel/http/idempotency/idempotent.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { RateLimitAs } from '../../kernel/http/rate-limit/rate-limit.decorator';
import { ConfirmIdentityDto } from './confirm-identity.dto';
import { ConfirmIdentity } from './confirm-identity.handler';

@Controller('api/auth')
export class ConfirmIdentityController {
  constructor(private readonly commands: CommandBus) {}

  @Post('confirm-identity')
  @RepeatsSafely('It only renews the proof of identity.')
  @HttpCode(204)
  @Access('user')
  @RateLimitAs('auth')
  @ApiOperation({
    operationId: 'auth.confirmIdentity',
    summary: 'Prove who you are again, before a dangerous act',
  })
  @ApiProblem(403, '`auth.wrong-password`.')
  confirm(
    @CurrentUser() { userId, sessionId }: Principal,
    @Body() { password }: ConfirmIdentityDto,
  ): Promise<void> {
    return this.commands.execute(new ConfirmIdentity(userId, sessionId, password));
  }
}
