import { Body, Controller, Patch } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import {
  AnswersVersion,
  ChecksVersion,
  type EditCondition,
  IfMatch,
} from '../../kernel/http/conditional/edit-version';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { AccountDto, editableOfAccount } from '../get-me/account.dto';
import { UpdateProfileDto } from './update-profile.dto';
import { UpdateProfile } from './update-profile.handler';

@Controller('api/users')
export class UpdateProfileController {
  constructor(private readonly commands: CommandBus) {}

  @Patch('me')
  @Access('user')
  @AnswersVersion(editableOfAccount)
  @ChecksVersion()
  @ApiOperation({ operationId: 'users.update', summary: 'Change name and preferences' })
  update(
    @CurrentUser() { userId }: Principal,
    @IfMatch() condition: EditCondition,
    @Body() { name, preferences }: UpdateProfileDto,
  ): Promise<AccountDto> {
    return this.commands.execute(new UpdateProfile(userId, { name, preferences }, condition));
  }
}
