import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { Loop } from '../worker/loop';
import { WakeUp } from '../worker/wake-up';
import { allSettings, type Setting, settingOf } from './setting';
import { type StoredSetting, SystemConfigRepository } from './system-config.repository';

const pollMs = 1_000;
/** How long a start waits for the stored values before it begins with the defaults. */
const firstReadMs = 3_000;

/** A setting as it acts in this process now. */
export interface SettingState {
  setting: Setting;
  value: unknown;
  /** Whether a stored value acts, and not the default. */
  overridden: boolean;
  /** Why the stored value does not act. */
  fault: string | undefined;
  stored: StoredSetting | undefined;
}

/** What one read of the table came to. */
class Snapshot {
  readonly values = new Map<string, unknown>();
  readonly faults = new Map<string, string>();
  readonly stored = new Map<string, StoredSetting>();

  constructor(rows: StoredSetting[] = []) {
    for (const row of rows) this.add(row);
  }

  private add(row: StoredSetting): void {
    const setting = settingOf(row.key);
    this.stored.set(row.key, row);
    if (!setting || !row.isSet) return;
    const value = setting.type.read(row.value);
    if (value === undefined) this.faults.set(row.key, `must be ${setting.type.describe}`);
    else this.values.set(row.key, value);
  }
}

/**
 * The settings that act without a restart. `get` is synchronous and typed; it answers from a copy that every process renews
 * each second by a plain read, which works behind a transaction-mode pooler and without Redis, and at once in the process
 * that changed something. A stored value that is not sound is passed over for the default, in the log and in `list`. While
 * Postgres is out of reach the last copy stays.
 */
@Injectable()
export class SystemConfig implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(SystemConfig.name);
  private readonly wakeUp = new WakeUp();
  private readonly loop = new Loop(SystemConfig.name, () => this.renew(), pollMs, this.wakeUp);
  private snapshot = new Snapshot();

  constructor(private readonly repository: SystemConfigRepository) {}

  async onModuleInit(): Promise<void> {
    const first = this.refresh().catch((error: unknown) =>
      this.logger.warn({ err: error }, 'The settings cannot be read yet; the defaults apply'),
    );
    const late = new AbortController();
    await Promise.race([
      first,
      sleep(firstReadMs, undefined, { signal: late.signal }).catch(() => undefined),
    ]);
    late.abort();
    this.loop.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.loop.stop();
  }

  /** What applies now; at most seconds old. */
  get<T>(setting: Setting<T>): T {
    return this.snapshot.values.has(setting.key)
      ? (this.snapshot.values.get(setting.key) as T)
      : setting.fallback;
  }

  /** Every setting that this build knows, as it acts in this process. */
  list(): SettingState[] {
    return allSettings().map((setting) => ({
      setting,
      value: this.get(setting),
      overridden: this.snapshot.values.has(setting.key),
      fault: this.snapshot.faults.get(setting.key),
      stored: this.snapshot.stored.get(setting.key),
    }));
  }

  /** Makes this process read again without waiting for the next poll. */
  ring(): void {
    this.wakeUp.ring();
  }

  /** Reads the stored values now. @throws what the database throws; the copy stays as it was. */
  async refresh(): Promise<void> {
    const next = new Snapshot(await this.repository.all());
    for (const [key, fault] of next.faults)
      if (this.snapshot.faults.get(key) !== fault)
        this.logger.error({ key, fault }, 'A stored setting is not sound; its default applies');
    this.snapshot = next;
  }

  private async renew(): Promise<boolean> {
    await this.refresh();
    return false;
  }
}
