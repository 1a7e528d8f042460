import { Body, Controller, Patch } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { AccountDto } from '../get-me/account.dto';
import { UpdateProfileDto } from './update-profile.dto';
import { UpdateProfile } from './update-profile.handler';

@ApiTags('users')
@Controller('api/users')
export class UpdateProfileController {
  constructor(private readonly commands: CommandBus) {}

  @Patch('me')
  @Access('user')
  @ApiOperation({ operationId: 'users.update', summary: 'Change name and preferences' })
  update(
    @CurrentUser() { userId }: Principal,
    @Body() { name, preferences }: UpdateProfileDto,
  ): Promise<AccountDto> {
    return this.commands.execute(new UpdateProfile(userId, { name, preferences }));
  }
}
