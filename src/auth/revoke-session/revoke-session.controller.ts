import { Controller, Delete, HttpCode, Param, ParseUUIDPipe } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { RevokeSession } from './revoke-session.handler';

@Controller('api/auth')
export class RevokeSessionController {
  constructor(private readonly commands: CommandBus) {}

  @Delete('sessions/:sessionId')
  @HttpCode(204)
  @Access('user')
  @ApiOperation({ operationId: 'sessions.revoke', summary: 'Sign one device out' })
  @ApiProblem(404, '`auth.no-such-session`.')
  revoke(
    @CurrentUser() { userId }: Principal,
    @Param('sessionId', ParseUUIDPipe) sessionId: string,
  ): Promise<void> {
    return this.commands.execute(new RevokeSession(userId, sessionId));
  }
}
