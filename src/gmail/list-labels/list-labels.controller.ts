import { Controller, Get, Param, ParseUUIDPipe } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { LabelListDto } from './list-labels.dto';
import { ListLabels } from './list-labels.handler';

@Controller('api/gmail/connections')
export class ListLabelsController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':id/labels')
  @Access('user')
  @ApiOperation({ operationId: 'connections.listLabels', summary: 'The labels of a mailbox, by name' })
  @ApiProblem(404, '`gmail.connection-unknown`')
  @ApiProblem(409, '`gmail.needs-reauth`, `gmail.not-connected`')
  async list(
    @CurrentUser() { userId }: Principal,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<LabelListDto> {
    return { data: await this.queries.execute(new ListLabels(userId, id)) };
  }
}
