import { Controller, Header, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { RepeatsSafely } from '../../kernel/http/idempotency/idempotent.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { RateLimitAs } from '../../kernel/http/rate-limit/rate-limit.decorator';
import { MyDataDto } from './export-my-data.dto';
import { ExportMyData } from './export-my-data.handler';

@Controller('api/users/me')
export class ExportMyDataController {
  constructor(private readonly commands: CommandBus) {}

  @Post('export')
  @RepeatsSafely('It only reads.')
  @HttpCode(200)
  @Access('user')
  @RateLimitAs('auth')
  @Header('content-disposition', 'attachment; filename="inbrief-data.json"')
  @Header('cache-control', 'no-store')
  @ApiOperation({ operationId: 'users.export', summary: 'Everything we hold about you' })
  @ApiProblem(403, '`auth.recent-proof-needed`.')
  export(@CurrentUser() { userId, sessionId }: Principal): Promise<MyDataDto> {
    return this.commands.execute(new ExportMyData(userId, sessionId));
  }
}
