import type { ValueType } from './value-types';

/** A setting that acts without a restart: its name, what a sound value is, and the default that the code brings along. */
export interface Setting<T = unknown> {
  /** `area.camelCase`; the key of its row in `system_config`. */
  readonly key: string;
  /** What it does, with units, as the configuration page prints it. */
  readonly doc: string;
  readonly type: ValueType<T>;
  /** What applies while no sound value is stored. */
  readonly fallback: T;
}

const registry = new Map<string, Setting>();

/**
 * Names a setting once, beside the code that it steers (`x.settings.ts`).
 * @throws Error for a key that is taken, or a default that its own type refuses.
 */
export function defineSetting<T>(setting: Setting<T>): Setting<T> {
  if (registry.has(setting.key)) throw new Error(`Two settings are called ${setting.key}`);
  if (setting.type.read(setting.fallback) === undefined)
    throw new Error(`The default of ${setting.key} must be ${setting.type.describe}`);
  registry.set(setting.key, setting);
  return setting;
}

/** The setting of this key; undefined when this build knows none. */
export function settingOf(key: string): Setting | undefined {
  return registry.get(key);
}

/** Every setting of the modules that are loaded, by key. */
export function allSettings(): Setting[] {
  return [...registry.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}
