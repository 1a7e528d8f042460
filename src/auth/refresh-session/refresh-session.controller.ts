import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { RepeatsSafely } from '../../kernel/http/idempotency/idempotent.decorator';
import { RateLimitAs } from '../../kernel/http/rate-limit/rate-limit.decorator';
import { TokensDto } from '../access/tokens.dto';
import { RefreshSessionDto } from './refresh-session.dto';
import { RefreshSession } from './refresh-session.handler';

@Controller('api/auth')
export class RefreshSessionController {
  constructor(private readonly commands: CommandBus) {}

  @Post('refresh')
  @RepeatsSafely('A repetition within seconds gets the same tokens.')
  @HttpCode(200)
  @Access('public')
  @RateLimitAs('auth')
  @ApiOperation({ operationId: 'auth.refresh', summary: 'Trade a refresh token for the next pair of tokens' })
  @ApiProblem(401, '`auth.invalid-refresh-token`: sign in again.')
  refresh(@Body() { refreshToken }: RefreshSessionDto): Promise<TokensDto> {
    return this.commands.execute(new RefreshSession(refreshToken));
  }
}
