import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { RepeatsSafely } from '../../kernel/http/idempotency/idempotent.decorator';
import { RateLimitAs } from '../../kernel/http/rate-limit/rate-limit.decorator';
import { GoogleSignInDto, StartGoogleSignInDto } from './start-google-sign-in.dto';
import { GetGoogleSignIn } from './start-google-sign-in.handler';

@Controller('api/auth/google')
export class StartGoogleSignInController {
  constructor(private readonly queries: QueryBus) {}

  @Post('start')
  @RepeatsSafely('Each call begins an attempt of its own; unfinished ones expire.')
  @HttpCode(200)
  @Access('public')
  @RateLimitAs('auth')
  @ApiOperation({ operationId: 'auth.startGoogle', summary: 'Begin to sign in with Google' })
  start(@Body() { redirectUri }: StartGoogleSignInDto): Promise<GoogleSignInDto> {
    return this.queries.execute(new GetGoogleSignIn(redirectUri));
  }
}
