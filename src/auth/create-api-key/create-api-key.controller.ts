import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { Idempotent } from '../../kernel/http/idempotency/idempotent.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { CreateApiKeyDto, CreatedApiKeyDto } from './create-api-key.dto';
import { CreateApiKey } from './create-api-key.handler';

@Controller('api/auth/api-keys')
export class CreateApiKeyController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Idempotent()
  @Access('user')
  @ApiOperation({ operationId: 'apiKeys.create', summary: 'Make an API key' })
  @ApiProblem(403, '`auth.recent-proof-needed`.')
  @ApiProblem(409, '`auth.too-many-api-keys`.')
  create(
    @CurrentUser() { userId, sessionId }: Principal,
    @Body() { name, scopes, expiresInDays }: CreateApiKeyDto,
  ): Promise<CreatedApiKeyDto> {
    return this.commands.execute(new CreateApiKey(userId, sessionId, { name, scopes, expiresInDays }));
  }
}
