import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { ListActionsQueryDto, MailActionPageDto } from './list-actions.dto';
import { ListActions } from './list-actions.handler';

@Controller('api/email/actions')
export class ListActionsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Access('user')
  @ApiOperation({ operationId: 'actions.list', summary: 'What was done to mails, newest first' })
  list(
    @CurrentUser() { userId }: Principal,
    @Query() { limit, cursor, requestId }: ListActionsQueryDto,
  ): Promise<MailActionPageDto> {
    return this.queries.execute(new ListActions(userId, limit, cursor, requestId));
  }
}
