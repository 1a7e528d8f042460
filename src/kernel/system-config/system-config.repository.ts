import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work';

/** A setting as it is stored. */
export interface StoredSetting {
  key: string;
  /** Null where `isSet` is false: the default applies again. */
  value: unknown;
  isSet: boolean;
  version: number;
  updatedBy: string | null;
  reason: string | null;
  updatedAt: Date;
}

/** One version a setting has had. */
export interface SettingVersion {
  version: number;
  value: unknown;
  isSet: boolean;
  changedBy: string;
  reason: string;
  changedAt: Date;
}

/** A new version of a setting; `json` undefined returns it to the default. */
export interface SettingChange {
  key: string;
  json: string | undefined;
  expectedVersion: number;
  /** The administrator's id, if it was one. */
  adminId: string | null;
  changedBy: string;
  reason: string;
}

/** All reads and writes of `system_config` and its history. */
@Injectable()
export class SystemConfigRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /** Every stored setting; there are some dozens at most. */
  all(): Promise<StoredSetting[]> {
    return this.uow.readAsService(
      'read the settings',
      () => this.uow.db.$queryRaw<StoredSetting[]>`
        select key, value, value is not null as "isSet", version, updated_by as "updatedBy", reason, updated_at as "updatedAt"
        from system_config order by key`,
    );
  }

  /** Stores the next version in the ambient transaction; false when the stored one is not the expected one. */
  async put({ key, json, expectedVersion, adminId, changedBy, reason }: SettingChange): Promise<boolean> {
    const version = expectedVersion + 1;
    const value = json ?? null;
    const written =
      expectedVersion === 0
        ? await this.uow.db.$executeRaw`
            insert into system_config (key, value, version, updated_by, reason)
            values (${key}, ${value}::jsonb, ${version}, ${adminId}::uuid, ${reason}) on conflict (key) do nothing`
        : await this.uow.db.$executeRaw`
            update system_config
            set value = ${value}::jsonb, version = ${version}, updated_by = ${adminId}::uuid, reason = ${reason}, updated_at = now()
            where key = ${key} and version = ${expectedVersion}`;
    if (written === 0) return false;
    await this.uow.db.$executeRaw`
      insert into system_config_history (key, version, value, changed_by, reason)
      values (${key}, ${version}, ${value}::jsonb, ${changedBy}, ${reason})`;
    return true;
  }

  /** The versions of a setting, the newest first. */
  history(key: string, before: number | undefined, limit: number): Promise<SettingVersion[]> {
    return this.uow.readAsService(
      "read a setting's history",
      () => this.uow.db.$queryRaw<SettingVersion[]>`
        select version, value, value is not null as "isSet", changed_by as "changedBy", reason, changed_at as "changedAt"
        from system_config_history
        where key = ${key} and (${before ?? null}::integer is null or version < ${before ?? null}::integer)
        order by version desc limit ${limit}`,
    );
  }
}
