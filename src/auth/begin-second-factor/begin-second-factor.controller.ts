import { Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { RepeatsSafely } from '../../kernel/http/idempotency/idempotent.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { NewSecondFactorDto } from './begin-second-factor.dto';
import { BeginSecondFactor } from './begin-second-factor.handler';

@Controller('api/auth/second-factor')
export class BeginSecondFactorController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @RepeatsSafely('A secret that nobody confirmed is replaced by the next.')
  @Access('user')
  @ApiOperation({ operationId: 'secondFactor.begin', summary: 'Get a secret for an authenticator app' })
  @ApiProblem(403, '`auth.recent-proof-needed`.')
  @ApiProblem(409, '`auth.second-factor-enabled`.')
  begin(@CurrentUser() { userId, sessionId }: Principal): Promise<NewSecondFactorDto> {
    return this.commands.execute(new BeginSecondFactor(userId, sessionId));
  }
}
