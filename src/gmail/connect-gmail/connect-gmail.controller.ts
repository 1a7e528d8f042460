import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { RepeatsSafely } from '../../kernel/http/idempotency/idempotent.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { ConnectGmailDto, ConsentDto } from './connect-gmail.dto';
import { ConnectGmail } from './connect-gmail.handler';

@Controller('api/gmail/connections')
export class ConnectGmailController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @RepeatsSafely('Each call begins a consent of its own; unfinished ones expire.')
  @HttpCode(200)
  @Access('user')
  @ApiOperation({ operationId: 'connections.create', summary: 'Begin to connect a Gmail mailbox' })
  async connect(
    @CurrentUser() { userId, sessionId }: Principal,
    @Body() body: ConnectGmailDto,
  ): Promise<ConsentDto> {
    return { consentUrl: await this.commands.execute(new ConnectGmail(userId, sessionId, body)) };
  }
}
