import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { AnswersVersion } from '../../kernel/http/conditional/edit-version';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { AccountDto, editableOfAccount } from './account.dto';
import { GetMe } from './get-me.handler';

@Controller('api/users')
export class GetMeController {
  constructor(private readonly queries: QueryBus) {}

  @Get('me')
  @Access('user')
  @AnswersVersion(editableOfAccount)
  @ApiOperation({ operationId: 'users.me', summary: 'The signed-in user' })
  me(@CurrentUser() { userId }: Principal): Promise<AccountDto> {
    return this.queries.execute(new GetMe(userId));
  }
}
