import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { RepeatsSafely } from '../../kernel/http/idempotency/idempotent.decorator';
import { RateLimitAs } from '../../kernel/http/rate-limit/rate-limit.decorator';
import { ResetPasswordDto } from './reset-password.dto';
import { ResetPassword } from './reset-password.handler';

@Controller('api/auth')
export class ResetPasswordController {
  constructor(private readonly commands: CommandBus) {}

  @Post('reset-password')
  @RepeatsSafely('A token works once.')
  @HttpCode(204)
  @Access('public')
  @RateLimitAs('auth')
  @ApiOperation({
    operationId: 'auth.resetPassword',
    summary: 'Choose a new password with the token out of the mail',
  })
  reset(@Body() { token, newPassword }: ResetPasswordDto): Promise<void> {
    return this.commands.execute(new ResetPassword(token, newPassword));
  }
}
