import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { RateLimitAs } from '../../kernel/http/rate-limit/rate-limit.decorator';
import { TokensDto } from '../access/tokens.dto';
import { RefreshSessionDto } from './refresh-session.dto';
import { RefreshSession } from './refresh-session.handler';

@ApiTags('auth')
@Controller('api/auth')
export class RefreshSessionController {
  constructor(private readonly commands: CommandBus) {}

  @Post('refresh')
  @HttpCode(200)
  @Access('public')
  @RateLimitAs('auth')
  @ApiOperation({ operationId: 'auth.refresh', summary: 'Trade a refresh token for the next pair of tokens' })
  @ApiProblem(401, '`auth.invalid-refresh-token`: sign in again.')
  refresh(@Body() { refreshToken }: RefreshSessionDto): Promise<TokensDto> {
    return this.commands.execute(new RefreshSession(refreshToken));
  }
}
