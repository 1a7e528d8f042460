import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { RepeatsSafely } from '../../kernel/http/idempotency/idempotent.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { RateLimitAs } from '../../kernel/http/rate-limit/rate-limit.decorator';
import { CodeDto, RecoveryCodesDto } from '../second-factor/code.dto';
import { RenewRecoveryCodes } from './renew-recovery-codes.handler';

@Controller('api/auth/second-factor')
export class RenewRecoveryCodesController {
  constructor(private readonly commands: CommandBus) {}

  @Post('recovery-codes')
  @RepeatsSafely('A code counts once, and the last set of recovery codes is the one that works.')
  @HttpCode(200)
  @Access('user')
  @RateLimitAs('auth')
  @ApiOperation({ operationId: 'secondFactor.renewRecoveryCodes', summary: 'Get new recovery codes' })
  @ApiProblem(401, '`auth.wrong-code`.')
  @ApiProblem(409, '`auth.no-second-factor`.')
  renew(@CurrentUser() { userId }: Principal, @Body() { code }: CodeDto): Promise<RecoveryCodesDto> {
    return this.commands.execute(new RenewRecoveryCodes(userId, code));
  }
}
