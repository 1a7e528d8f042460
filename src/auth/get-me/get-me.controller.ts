import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { AccountDto } from './account.dto';
import { GetMe } from './get-me.handler';

@ApiTags('users')
@Controller('api/users')
export class GetMeController {
  constructor(private readonly queries: QueryBus) {}

  @Get('me')
  @Access('user')
  @ApiOperation({ operationId: 'users.me', summary: 'The signed-in user' })
  me(@CurrentUser() { userId }: Principal): Promise<AccountDto> {
    return this.queries.execute(new GetMe(userId));
  }
}
