import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { RateLimitAs } from '../../kernel/http/rate-limit/rate-limit.decorator';
import { GoogleSignInDto, StartGoogleSignInDto } from './start-google-sign-in.dto';
import { GetGoogleSignIn } from './start-google-sign-in.handler';

@ApiTags('auth')
@Controller('api/auth/google')
export class StartGoogleSignInController {
  constructor(private readonly queries: QueryBus) {}

  @Post('start')
  @HttpCode(200)
  @Access('public')
  @RateLimitAs('auth')
  @ApiOperation({ operationId: 'auth.startGoogle', summary: 'Begin to sign in with Google' })
  start(@Body() { redirectUri }: StartGoogleSignInDto): Promise<GoogleSignInDto> {
    return this.queries.execute(new GetGoogleSignIn(redirectUri));
  }
}
