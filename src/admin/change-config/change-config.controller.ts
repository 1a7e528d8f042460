import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../kernel/http/access.decorator';
import { RepeatsSafely } from '../../kernel/http/idempotency/idempotent.decorator';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';
import { CurrentUser, type Principal } from '../../kernel/http/principal';
import { NeedsRecentProof } from '../needs-recent-proof.guard';
import {
  ChangedSettingDto,
  ChangeSettingDto,
  ResetSettingDto,
  SettingHistoryDto,
  SettingsDto,
} from './change-config.dto';
import { ChangeSetting, GetSettingHistory, ListSettings } from './change-config.handler';

@ApiTags('admin')
@Access('admin')
@Controller('api/admin/config')
export class ChangeConfigController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'admin.listSettings', summary: 'Settings that act without a restart' })
  list(): Promise<SettingsDto> {
    return this.queries.execute(new ListSettings());
  }

  @Get(':key/history')
  @ApiOperation({ operationId: 'admin.getSettingHistory', summary: 'Who set it to what, when and why' })
  history(@Param('key') key: string): Promise<SettingHistoryDto> {
    return this.queries.execute(new GetSettingHistory(key));
  }

  @Put(':key')
  @NeedsRecentProof()
  @ApiOperation({ operationId: 'admin.changeSetting', summary: 'Set it; it acts everywhere within seconds' })
  @ApiProblem(400, '`config.invalid-value`')
  @ApiProblem(404, '`config.unknown-key`')
  @ApiProblem(409, '`config.changed-meanwhile`')
  change(
    @CurrentUser() { userId }: Principal,
    @Param('key') key: string,
    @Body() { value, expectedVersion, reason }: ChangeSettingDto,
  ): Promise<ChangedSettingDto> {
    return this.commands.execute(new ChangeSetting(key, value, expectedVersion, reason, userId));
  }

  @Post(':key/reset')
  @RepeatsSafely('It names the version that it replaces, so the second finds another.')
  @HttpCode(200)
  @NeedsRecentProof()
  @ApiOperation({ operationId: 'admin.resetSetting', summary: 'Return it to its default' })
  @ApiProblem(404, '`config.unknown-key`')
  @ApiProblem(409, '`config.changed-meanwhile`')
  reset(
    @CurrentUser() { userId }: Principal,
    @Param('key') key: string,
    @Body() { expectedVersion, reason }: ResetSettingDto,
  ): Promise<ChangedSettingDto> {
    return this.commands.execute(new ChangeSetting(key, undefined, expectedVersion, reason, userId));
  }
}
