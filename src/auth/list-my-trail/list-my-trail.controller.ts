import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { PageQueryDto } from '../../kernel/http/page';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { TrailPage } from './list-my-trail.dto';
import { ListMyTrail } from './list-my-trail.handler';

@Controller('api/users/me')
export class ListMyTrailController {
  constructor(private readonly queries: QueryBus) {}

  @Get('audit-trail')
  @Access('user')
  @ApiOperation({ operationId: 'users.auditTrail', summary: 'What was done to your account, or by it' })
  list(@CurrentUser() { userId }: Principal, @Query() { limit, cursor }: PageQueryDto): Promise<TrailPage> {
    return this.queries.execute(new ListMyTrail(userId, limit, cursor));
  }
}
