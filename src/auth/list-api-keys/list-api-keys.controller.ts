import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { ApiKeyDto } from './list-api-keys.dto';
import { ListApiKeys } from './list-api-keys.handler';

@Controller('api/auth/api-keys')
export class ListApiKeysController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Access('user')
  @ApiOperation({ operationId: 'apiKeys.list', summary: 'Your API keys' })
  list(@CurrentUser() { userId }: Principal): Promise<ApiKeyDto[]> {
    return this.queries.execute(new ListApiKeys(userId));
  }
}
