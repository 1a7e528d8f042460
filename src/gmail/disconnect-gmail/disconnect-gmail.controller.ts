import { Controller, Delete, HttpCode, Param, ParseUUIDPipe } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { DisconnectGmail } from './disconnect-gmail.handler';

@Controller('api/gmail/connections')
export class DisconnectGmailController {
  constructor(private readonly commands: CommandBus) {}

  @Delete(':id')
  @HttpCode(204)
  @Access('user')
  @ApiOperation({
    operationId: 'connections.delete',
    summary: 'Revoke the access to a mailbox and wipe its tokens',
  })
  @ApiProblem(404, '`gmail.connection-unknown`')
  disconnect(@CurrentUser() { userId }: Principal, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.commands.execute(new DisconnectGmail(userId, id));
  }
}
