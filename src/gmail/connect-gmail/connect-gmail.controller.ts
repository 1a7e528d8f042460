import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { ConnectGmailDto, ConsentDto } from './connect-gmail.dto';
import { ConnectGmail } from './connect-gmail.handler';

@ApiTags('Gmail')
@Controller('api/gmail/connections')
export class ConnectGmailController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(200)
  @Access('user')
  @ApiOperation({ operationId: 'gmail.connect', summary: 'Begin to connect a Gmail mailbox' })
  async connect(
    @CurrentUser() { userId, sessionId }: Principal,
    @Body() body: ConnectGmailDto,
  ): Promise<ConsentDto> {
    return { consentUrl: await this.commands.execute(new ConnectGmail(userId, sessionId, body)) };
  }
}
