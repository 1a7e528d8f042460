import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { SessionDto } from './list-sessions.dto';
import { ListSessions } from './list-sessions.handler';

@Controller('api/auth')
export class ListSessionsController {
  constructor(private readonly queries: QueryBus) {}

  @Get('sessions')
  @Access('user')
  @ApiOperation({ operationId: 'sessions.list', summary: 'The devices that are signed in' })
  list(@CurrentUser() { userId, sessionId }: Principal): Promise<SessionDto[]> {
    return this.queries.execute(new ListSessions(userId, sessionId));
  }
}
