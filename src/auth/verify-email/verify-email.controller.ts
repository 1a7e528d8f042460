import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { RepeatsSafely } from '../../kernel/http/idempotency/idempotent.decorator';
import { RateLimitAs } from '../../kernel/http/rate-limit/rate-limit.decorator';
import { VerifyEmailDto } from './verify-email.dto';
import { VerifyEmail } from './verify-email.handler';

@Controller('api/auth')
export class VerifyEmailController {
  constructor(private readonly commands: CommandBus) {}

  @Post('verify-email')
  @RepeatsSafely('A token works once.')
  @HttpCode(204)
  @Access('public')
  @RateLimitAs('auth')
  @ApiOperation({
    operationId: 'auth.verifyEmail',
    summary: 'Verify the address with the token out of the mail',
  })
  verify(@Body() { token }: VerifyEmailDto): Promise<void> {
    return this.commands.execute(new VerifyEmail(token));
  }
}
