import { Injectable } from '@nestjs/common';
import { AuditLog } from '../audit/audit-log';
import { UnitOfWork } from '../database/unit-of-work';
import { DomainError } from '../errors/domain-error';
import { type Setting, settingOf } from './setting';
import { SystemConfig } from './system-config';
import { type SettingVersion, SystemConfigRepository } from './system-config.repository';

/** A change to one setting. */
export interface SettingEdit {
  key: string;
  /** The new value as JSON has it; undefined returns the setting to its default. */
  value: unknown;
  /** The version the editor looked at; 0 where nothing was ever stored. */
  expectedVersion: number;
  /** Why; it stands in the history and in the audit log. */
  reason: string;
  /** An administrator's id, or how else the editor is known (`cli:ada`). */
  editor: { adminId: string } | { name: string };
}

/** The one way to change a setting: checked, versioned, kept in the history, audited, in one transaction. */
@Injectable()
export class SystemConfigEditor {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: SystemConfigRepository,
    private readonly config: SystemConfig,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Stores the change and answers its version; it acts in this process at once, in every other one within seconds.
   * @throws DomainError `config.unknown-key` (not-found), `config.invalid-value` (invalid), `config.changed-meanwhile`
   * (conflict) when somebody else's version stands there.
   */
  async edit({ key, value, expectedVersion, reason, editor }: SettingEdit): Promise<number> {
    const setting = settingOf(key);
    if (!setting) throw new DomainError('not-found', 'config.unknown-key', 'There is no such setting.');
    assertSound(setting, value);
    const version = expectedVersion + 1;
    await this.uow.asService('change a setting', async () => {
      const stored = await this.repository.put({
        key,
        json: value === undefined ? undefined : JSON.stringify(value),
        expectedVersion,
        adminId: 'adminId' in editor ? editor.adminId : null,
        changedBy: 'adminId' in editor ? editor.adminId : editor.name,
        reason,
      });
      if (!stored)
        throw new DomainError(
          'conflict',
          'config.changed-meanwhile',
          'The setting has another version by now. Look at it again.',
        );
      const changes = { version, reason, value: value === undefined ? 'default' : value };
      await this.audit.record({
        action: 'config.setting-changed',
        targetType: 'setting',
        targetId: key,
        changes,
      });
      this.uow.afterCommit(() => this.config.ring());
    });
    return version;
  }

  /** The versions a setting has had below `before`, the newest first. */
  history(key: string, before: number | undefined, limit: number): Promise<SettingVersion[]> {
    return this.repository.history(key, before, limit);
  }
}

function assertSound(setting: Setting, value: unknown): void {
  if (value === undefined || setting.type.read(value) !== undefined) return;
  throw new DomainError('invalid', 'config.invalid-value', 'This is no value for the setting.', {
    faults: [{ path: '/value', message: `must be ${setting.type.describe}` }],
  });
}
