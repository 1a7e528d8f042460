import { Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { NewSecondFactorDto } from './begin-second-factor.dto';
import { BeginSecondFactor } from './begin-second-factor.handler';

@ApiTags('auth')
@Controller('api/auth/second-factor')
export class BeginSecondFactorController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Access('user')
  @ApiOperation({ operationId: 'secondFactor.begin', summary: 'Get a secret for an authenticator app' })
  @ApiProblem(403, '`auth.recent-proof-needed`.')
  @ApiProblem(409, '`auth.second-factor-enabled`.')
  begin(@CurrentUser() { userId, sessionId }: Principal): Promise<NewSecondFactorDto> {
    return this.commands.execute(new BeginSecondFactor(userId, sessionId));
  }
}
