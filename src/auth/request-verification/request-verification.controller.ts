import { Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { RepeatsSafely } from '../../kernel/http/idempotency/idempotent.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { RequestVerification } from './request-verification.handler';

@Controller('api/auth')
export class RequestVerificationController {
  constructor(private readonly commands: CommandBus) {}

  @Post('request-verification')
  @RepeatsSafely('Each call sends a mail with a link of its own; calls are limited.')
  @HttpCode(202)
  @Access('user')
  @ApiOperation({
    operationId: 'auth.requestVerification',
    summary: 'Ask for the verification mail once more',
  })
  request(@CurrentUser() { userId }: Principal): Promise<void> {
    return this.commands.execute(new RequestVerification(userId));
  }
}
