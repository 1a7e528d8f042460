import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { v7 as uuidv7 } from 'uuid';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { Idempotent } from '../../kernel/http/idempotency/idempotent.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { RequestActions } from '../contracts/commands';
import { ActionsRecordedDto, ActOnMailsDto, needsLabel } from './act-on-mails.dto';

@Controller('api/email/actions')
export class ActOnMailsController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Idempotent()
  @HttpCode(202)
  @Access('user')
  @ApiOperation({ operationId: 'actions.create', summary: 'Do something to one or many mails in Gmail' })
  @ApiProblem(404, '`gmail.email-unknown`')
  async act(@CurrentUser() { userId }: Principal, @Body() body: ActOnMailsDto): Promise<ActionsRecordedDto> {
    const { emailIds, requestId = uuidv7(), kind, labelId } = body;
    const action = { kind, ...(needsLabel(body) && { labelId }) };
    const actions = await this.commands.execute(
      new RequestActions(userId, requestId, emailIds, action, 'user'),
    );
    return { requestId, actions };
  }
}
