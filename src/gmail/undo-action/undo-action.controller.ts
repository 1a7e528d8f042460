import { Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { RepeatsSafely } from '../../kernel/http/idempotency/idempotent.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { RecordedActionDto } from '../act-on-mails/act-on-mails.dto';
import { UndoAction } from './undo-action.handler';

@Controller('api/email/actions')
export class UndoActionController {
  constructor(private readonly commands: CommandBus) {}

  @Post(':id/undo')
  @RepeatsSafely('An undo that was asked for already is answered as it stands.')
  @HttpCode(202)
  @Access('user')
  @ApiOperation({ operationId: 'actions.undo', summary: 'Take an action back, within 30 days' })
  @ApiProblem(404, '`gmail.action-unknown`')
  @ApiProblem(409, '`gmail.action-not-undoable`')
  undo(
    @CurrentUser() { userId }: Principal,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<RecordedActionDto> {
    return this.commands.execute(new UndoAction(userId, id));
  }
}
