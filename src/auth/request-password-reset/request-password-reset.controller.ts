import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { RepeatsSafely } from '../../kernel/http/idempotency/idempotent.decorator';
import { RateLimitAs } from '../../kernel/http/rate-limit/rate-limit.decorator';
import { RequestPasswordResetDto } from './request-password-reset.dto';
import { RequestPasswordReset } from './request-password-reset.handler';

@Controller('api/auth')
export class RequestPasswordResetController {
  constructor(private readonly commands: CommandBus) {}

  @Post('forgot-password')
  @RepeatsSafely('Each call sends a mail with a link of its own; calls are limited.')
  @HttpCode(202)
  @Access('public')
  @RateLimitAs('auth')
  @ApiOperation({
    operationId: 'auth.forgotPassword',
    summary: 'Ask for a mail with a way to a new password',
  })
  request(@Body() { email }: RequestPasswordResetDto): Promise<void> {
    return this.commands.execute(new RequestPasswordReset(email));
  }
}
