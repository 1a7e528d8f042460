import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { RepeatsSafely } from '../../kernel/http/idempotency/idempotent.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { RateLimitAs } from '../../kernel/http/rate-limit/rate-limit.decorator';
import { CodeDto, RecoveryCodesDto } from '../second-factor/code.dto';
import { ConfirmSecondFactor } from './confirm-second-factor.handler';

@Controller('api/auth/second-factor')
export class ConfirmSecondFactorController {
  constructor(private readonly commands: CommandBus) {}

  @Post('confirm')
  @RepeatsSafely('A code counts once.')
  @HttpCode(200)
  @Access('user')
  @RateLimitAs('auth')
  @ApiOperation({
    operationId: 'secondFactor.confirm',
    summary: 'Turn the second factor on with a first code',
  })
  @ApiProblem(401, '`auth.wrong-code`.')
  @ApiProblem(409, '`auth.no-second-factor`.')
  confirm(@CurrentUser() { userId }: Principal, @Body() { code }: CodeDto): Promise<RecoveryCodesDto> {
    return this.commands.execute(new ConfirmSecondFactor(userId, code));
  }
}
