import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { RepeatsSafely } from '../../kernel/http/idempotency/idempotent.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { PageQueryDto } from '../../kernel/http/page';
import { NeedsRecentProof } from '../needs-recent-proof.guard';
import { ReasonDto } from '../reason.dto';
import { DeadLetterPage } from './handle-dead-letters.dto';
import { ListDeadLetters, SettleDeadLetter } from './handle-dead-letters.handler';

@ApiTags('admin')
@Access('admin')
@Controller('api/admin/dead-letters')
export class HandleDeadLettersController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'admin.listDeadLetters', summary: 'Events that were given up' })
  list(@Query() page: PageQueryDto): Promise<DeadLetterPage> {
    return this.queries.execute(new ListDeadLetters(page));
  }

  @Post(':id/replay')
  @RepeatsSafely('A dead letter is raised once, and what its event asks for is done once.')
  @HttpCode(202)
  @ApiOperation({ operationId: 'admin.replayDeadLetter', summary: 'Deliver an event once more' })
  @ApiProblem(404, '`outbox.no-dead-letter`')
  replay(@Param('id', ParseUUIDPipe) id: string, @Body() { reason }: ReasonDto): Promise<void> {
    return this.commands.execute(new SettleDeadLetter(id, 'replay', reason));
  }

  @Post(':id/drop')
  @RepeatsSafely('A dead letter is dropped once.')
  @HttpCode(204)
  @NeedsRecentProof()
  @ApiOperation({ operationId: 'admin.dropDeadLetter', summary: 'Settle an event without its consequences' })
  @ApiProblem(404, '`outbox.no-dead-letter`')
  drop(@Param('id', ParseUUIDPipe) id: string, @Body() { reason }: ReasonDto): Promise<void> {
    return this.commands.execute(new SettleDeadLetter(id, 'drop', reason));
  }
}
