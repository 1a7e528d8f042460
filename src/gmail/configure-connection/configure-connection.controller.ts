import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Patch } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { ChecksVersion, type EditCondition, IfMatch } from '../../kernel/http/conditional/edit-version';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { ConfigureConnectionDto } from './configure-connection.dto';
import { ConfigureConnection } from './configure-connection.handler';

@Controller('api/gmail/connections')
export class ConfigureConnectionController {
  constructor(private readonly commands: CommandBus) {}

  @Patch(':id')
  @HttpCode(204)
  @Access('user')
  @ChecksVersion()
  @ApiOperation({
    operationId: 'connections.update',
    summary: 'Pause or resume a mailbox, and set which mails are read',
  })
  @ApiProblem(404, '`gmail.connection-unknown`')
  @ApiProblem(409, '`gmail.status-conflict`')
  configure(
    @CurrentUser() { userId }: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() condition: EditCondition,
    @Body() body: ConfigureConnectionDto,
  ): Promise<void> {
    return this.commands.execute(new ConfigureConnection(userId, id, body, condition));
  }
}
