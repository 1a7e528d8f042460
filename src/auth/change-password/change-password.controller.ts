import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { RepeatsSafely } from '../../kernel/http/idempotency/idempotent.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { RateLimitAs } from '../../kernel/http/rate-limit/rate-limit.decorator';
import { ChangePasswordDto } from './change-password.dto';
import { ChangePassword } from './change-password.handler';

@Controller('api/auth')
export class ChangePasswordController {
  constructor(private readonly commands: CommandBus) {}

  @Post('change-password')
  @RepeatsSafely('The old password is wrong the second time.')
  @HttpCode(204)
  @Access('user')
  @RateLimitAs('auth')
  @ApiOperation({
    operationId: 'auth.changePassword',
    summary: 'Change the password; other devices are signed out',
  })
  @ApiProblem(403, '`auth.wrong-password`.')
  changePassword(
    @CurrentUser() { userId, sessionId }: Principal,
    @Body() { currentPassword, newPassword }: ChangePasswordDto,
  ): Promise<void> {
    return this.commands.execute(new ChangePassword(userId, sessionId, currentPassword, newPassword));
  }
}
