import {
  Command,
  CommandHandler,
  type ICommandHandler,
  type IQueryHandler,
  Query,
  QueryHandler,
} from '@nestjs/cqrs';
import { SystemConfig } from '../../kernel/system-config/system-config';
import { SystemConfigEditor } from '../../kernel/system-config/system-config-editor';
import type { ChangedSettingDto, SettingHistoryDto, SettingsDto } from './change-config.dto';

const longestHistory = 200;

/** Every setting, as it acts in this process. */
export class ListSettings extends Query<SettingsDto> {}

@QueryHandler(ListSettings)
export class ListSettingsHandler implements IQueryHandler<ListSettings> {
  constructor(private readonly config: SystemConfig) {}

  async execute(): Promise<SettingsDto> {
    await this.config.refresh();
    return {
      data: this.config.list().map(({ setting, value, overridden, fault, stored }) => ({
        key: setting.key,
        doc: setting.doc,
        mustBe: setting.type.describe,
        value,
        default: setting.fallback,
        overridden,
        fault: fault ?? null,
        version: stored?.version ?? 0,
        reason: stored?.reason ?? null,
        updatedAt: stored?.updatedAt ?? null,
      })),
    };
  }
}

/** The latest versions of a setting, the newest first. */
export class GetSettingHistory extends Query<SettingHistoryDto> {
  constructor(readonly key: string) {
    super();
  }
}

@QueryHandler(GetSettingHistory)
export class GetSettingHistoryHandler implements IQueryHandler<GetSettingHistory> {
  constructor(private readonly editor: SystemConfigEditor) {}

  async execute({ key }: GetSettingHistory): Promise<SettingHistoryDto> {
    return { data: await this.editor.history(key, undefined, longestHistory) };
  }
}

/** Changes a setting, or returns it to its default where `value` is undefined. @throws what `SystemConfigEditor.edit` throws. */
export class ChangeSetting extends Command<ChangedSettingDto> {
  constructor(
    readonly key: string,
    readonly value: unknown,
    readonly expectedVersion: number,
    readonly reason: string,
    readonly adminId: string,
  ) {
    super();
  }
}

@CommandHandler(ChangeSetting)
export class ChangeSettingHandler implements ICommandHandler<ChangeSetting> {
  constructor(private readonly editor: SystemConfigEditor) {}

  async execute({ adminId, ...edit }: ChangeSetting): Promise<ChangedSettingDto> {
    return { version: await this.editor.edit({ ...edit, editor: { adminId } }) };
  }
}
