import { Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { RepeatsSafely } from '../../kernel/http/idempotency/idempotent.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { LogoutEverywhere } from './logout-everywhere.handler';

@Controller('api/auth')
export class LogoutEverywhereController {
  constructor(private readonly commands: CommandBus) {}

  @Post('logout-everywhere')
  @RepeatsSafely('A session ends once.')
  @HttpCode(204)
  @Access('user')
  @ApiOperation({ operationId: 'auth.logoutEverywhere', summary: 'Sign every device out, this one included' })
  logoutEverywhere(@CurrentUser() { userId }: Principal): Promise<void> {
    return this.commands.execute(new LogoutEverywhere(userId));
  }
}
