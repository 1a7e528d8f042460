import { Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { RepeatsSafely } from '../../kernel/http/idempotency/idempotent.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { Logout } from './logout.handler';

@Controller('api/auth')
export class LogoutController {
  constructor(private readonly commands: CommandBus) {}

  @Post('logout')
  @RepeatsSafely('A session ends once.')
  @HttpCode(204)
  @Access('user')
  @ApiOperation({ operationId: 'auth.logout', summary: 'End this session' })
  logout(@CurrentUser() { userId, sessionId }: Principal): Promise<void> {
    return this.commands.execute(new Logout(userId, sessionId));
  }
}
