import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Post,
  Put,
  Query,
} from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ChangeRole,
  EraseUser,
  ExportUser,
  ReinstateUser,
  SignOutUser,
  SuspendUser,
} from '../../auth/contracts';
import { AdjustCredits } from '../../billing/contracts';
import { StartSync } from '../../jobs/contracts';
import { Access } from '../../kernel/http/access.decorator';
import { Idempotent, RepeatsSafely } from '../../kernel/http/idempotency/idempotent.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { NeedsRecentProof } from '../needs-recent-proof.guard';
import { ReasonDto } from '../reason.dto';
import {
  AdjustedDto,
  AdjustUserCreditsDto,
  AdminUserDetailDto,
  AdminUserPage,
  ChangeRoleDto,
  ForcedSyncDto,
  SearchUsersDto,
} from './manage-users.dto';
import { GetUserDetail, SearchUsers } from './manage-users.handler';

@ApiTags('admin')
@Access('admin')
@Controller('api/admin/users')
export class ManageUsersController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'admin.searchUsers', summary: 'Find accounts, the newest first' })
  search(@Query() search: SearchUsersDto): Promise<AdminUserPage> {
    return this.queries.execute(new SearchUsers(search));
  }

  @Get(':id')
  @ApiOperation({ operationId: 'admin.getUser', summary: 'One account: doors, credits, mailboxes, mails' })
  @ApiProblem(404, '`auth.no-such-user`')
  get(@Param('id', ParseUUIDPipe) id: string): Promise<AdminUserDetailDto> {
    return this.queries.execute(new GetUserDetail(id));
  }

  @Post(':id/suspend')
  @RepeatsSafely('A suspended account stays suspended.')
  @HttpCode(204)
  @NeedsRecentProof()
  @ApiOperation({
    operationId: 'admin.suspendUser',
    summary: 'Shut an account out at once, and end its work',
  })
  @ApiProblem(404, '`auth.no-such-user`')
  @ApiProblem(409, '`auth.not-yourself`')
  suspend(
    @CurrentUser() admin: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: ReasonDto,
  ): Promise<void> {
    return this.commands.execute(new SuspendUser(id, reason, admin.userId));
  }

  @Post(':id/reinstate')
  @RepeatsSafely('An active account stays active.')
  @HttpCode(204)
  @NeedsRecentProof()
  @ApiOperation({ operationId: 'admin.reinstateUser', summary: 'Let a suspended account in again' })
  @ApiProblem(404, '`auth.no-such-user`')
  reinstate(
    @CurrentUser() admin: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: ReasonDto,
  ): Promise<void> {
    return this.commands.execute(new ReinstateUser(id, reason, admin.userId));
  }

  @Post(':id/sign-out')
  @RepeatsSafely('A session ends once.')
  @HttpCode(204)
  @ApiOperation({ operationId: 'admin.signOutUser', summary: 'End every session of an account' })
  @ApiProblem(404, '`auth.no-such-user`')
  signOut(
    @CurrentUser() admin: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: ReasonDto,
  ): Promise<void> {
    return this.commands.execute(new SignOutUser(id, reason, admin.userId));
  }

  @Put(':id/role')
  @HttpCode(204)
  @NeedsRecentProof()
  @ApiOperation({ operationId: 'admin.changeRole', summary: 'Make an administrator, or an ordinary user' })
  @ApiProblem(404, '`auth.no-such-user`')
  @ApiProblem(409, '`auth.not-yourself`')
  changeRole(
    @CurrentUser() admin: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { role, reason }: ChangeRoleDto,
  ): Promise<void> {
    return this.commands.execute(new ChangeRole(id, role, reason, admin.userId));
  }

  @Post(':id/credits')
  @Idempotent()
  @HttpCode(200)
  @NeedsRecentProof()
  @ApiOperation({ operationId: 'admin.adjustCredits', summary: 'Add credits, or take some away' })
  @ApiProblem(409, '`billing.adjustment-too-large`')
  adjust(
    @CurrentUser() admin: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { credits, reference, reason }: AdjustUserCreditsDto,
  ): Promise<AdjustedDto> {
    return this.commands.execute(new AdjustCredits(id, reference, credits, reason, admin.userId));
  }

  @Post(':id/export')
  @RepeatsSafely('It only reads.')
  @HttpCode(200)
  @NeedsRecentProof()
  @ApiOperation({ operationId: 'admin.exportUser', summary: 'Everything held about a user' })
  @ApiProblem(404, '`auth.no-such-user`')
  export(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: ReasonDto,
  ): Promise<Record<string, unknown>> {
    return this.commands.execute(new ExportUser(id, reason));
  }

  @Delete(':id')
  @HttpCode(204)
  @NeedsRecentProof()
  @ApiOperation({ operationId: 'admin.eraseUser', summary: 'Delete an account for good' })
  @ApiProblem(404, '`auth.no-such-user`')
  @ApiProblem(409, '`auth.not-yourself`')
  erase(
    @CurrentUser() admin: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: ReasonDto,
  ): Promise<void> {
    return this.commands.execute(new EraseUser(id, reason, admin.userId));
  }

  @Post(':id/connections/:connectionId/sync')
  @Idempotent()
  @HttpCode(202)
  @ApiOperation({ operationId: 'admin.forceSync', summary: 'Read a mailbox now' })
  @ApiProblem(404, '`gmail.connection-not-found`: the user has no such mailbox')
  @ApiProblem(409, '`jobs.connection-not-ready`')
  sync(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('connectionId', ParseUUIDPipe) connectionId: string,
  ): Promise<ForcedSyncDto> {
    return this.commands.execute(new StartSync(id, connectionId, 'user'));
  }
}
