import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { RepeatsSafely } from '../../kernel/http/idempotency/idempotent.decorator';
import { RateLimitAs } from '../../kernel/http/rate-limit/rate-limit.decorator';
import { SignedInDto } from '../login-user/login-user.dto';
import { FinishGoogleSignInDto } from './finish-google-sign-in.dto';
import { FinishGoogleSignIn } from './finish-google-sign-in.handler';

@Controller('api/auth/google')
export class FinishGoogleSignInController {
  constructor(private readonly commands: CommandBus) {}

  @Post('finish')
  @RepeatsSafely('A code of Google works once.')
  @HttpCode(200)
  @Access('public')
  @RateLimitAs('auth')
  @ApiOperation({ operationId: 'auth.finishGoogle', summary: 'Sign in with the code that Google gave' })
  @ApiProblem(401, '`auth.google-refused`.')
  @ApiProblem(403, '`auth.account-suspended`.')
  @ApiProblem(409, '`auth.google-not-linked`: sign in with the password.')
  finish(@Body() { code, codeVerifier, redirectUri }: FinishGoogleSignInDto): Promise<SignedInDto> {
    return this.commands.execute(new FinishGoogleSignIn(code, codeVerifier, redirectUri));
  }
}
