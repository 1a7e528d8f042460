import { Controller, Delete, HttpCode, Param, ParseUUIDPipe } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { RevokeApiKey } from './revoke-api-key.handler';

@Controller('api/auth/api-keys')
export class RevokeApiKeyController {
  constructor(private readonly commands: CommandBus) {}

  @Delete(':keyId')
  @HttpCode(204)
  @Access('user')
  @ApiOperation({ operationId: 'apiKeys.revoke', summary: 'Revoke an API key' })
  @ApiProblem(404, '`auth.no-such-api-key`.')
  revoke(@CurrentUser() { userId }: Principal, @Param('keyId', ParseUUIDPipe) keyId: string): Promise<void> {
    return this.commands.execute(new RevokeApiKey(userId, keyId));
  }
}
