import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { RepeatsSafely } from '../../kernel/http/idempotency/idempotent.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { RateLimitAs } from '../../kernel/http/rate-limit/rate-limit.decorator';
import { DisableSecondFactorDto } from './disable-second-factor.dto';
import { DisableSecondFactor } from './disable-second-factor.handler';

@Controller('api/auth/second-factor')
export class DisableSecondFactorController {
  constructor(private readonly commands: CommandBus) {}

  @Post('disable')
  @RepeatsSafely('What is off stays off.')
  @HttpCode(204)
  @Access('user')
  @RateLimitAs('auth')
  @ApiOperation({ operationId: 'secondFactor.disable', summary: 'Turn the second factor off' })
  @ApiProblem(401, '`auth.wrong-code`.')
  @ApiProblem(403, '`auth.wrong-password`, `auth.recent-proof-needed`.')
  disable(
    @CurrentUser() { userId, sessionId }: Principal,
    @Body() { password, code }: DisableSecondFactorDto,
  ): Promise<void> {
    return this.commands.execute(new DisableSecondFactor(userId, sessionId, password, code));
  }
}
