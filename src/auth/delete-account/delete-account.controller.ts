import { Controller, Delete, HttpCode } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { DeleteAccount } from './delete-account.handler';

@Controller('api/users')
export class DeleteAccountController {
  constructor(private readonly commands: CommandBus) {}

  @Delete('me')
  @HttpCode(204)
  @Access('user')
  @ApiOperation({ operationId: 'users.delete', summary: 'Delete the account for good' })
  @ApiProblem(403, '`auth.recent-proof-needed`.')
  delete(@CurrentUser() { userId, sessionId }: Principal): Promise<void> {
    return this.commands.execute(new DeleteAccount(userId, sessionId));
  }
}
