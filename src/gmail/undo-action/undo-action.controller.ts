import { Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { RecordedActionDto } from '../act-on-mails/act-on-mails.dto';
import { UndoAction } from './undo-action.handler';

@ApiTags('Mail actions')
@Controller('api/email/actions')
export class UndoActionController {
  constructor(private readonly commands: CommandBus) {}

  @Post(':id/undo')
  @HttpCode(202)
  @Access('user')
  @ApiOperation({ operationId: 'email.undo', summary: 'Take an action back, within 30 days' })
  @ApiProblem(404, '`gmail.action-unknown`')
  @ApiProblem(409, '`gmail.action-not-undoable`')
  undo(
    @CurrentUser() { userId }: Principal,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<RecordedActionDto> {
    return this.commands.execute(new UndoAction(userId, id));
  }
}
