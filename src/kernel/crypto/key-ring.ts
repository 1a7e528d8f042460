import { createSecretKey, type KeyObject } from 'node:crypto';

/** Versioned keys of 32 bytes: `current` encrypts, every one of them decrypts. */
export interface KeyRing {
  readonly current: string;
  readonly keys: ReadonlyMap<string, KeyObject>;
}

const keyBytes = 32;
const versionShape = /^[\w-]{1,16}$/;

/**
 * A key ring of raw keys.
 * @throws Error when a version is no short word, a key is not 32 bytes, or the current one is missing.
 */
export function createKeyRing(current: string, keys: Readonly<Record<string, Buffer>>): KeyRing {
  const ring = new Map<string, KeyObject>();
  for (const [version, key] of Object.entries(keys)) {
    if (!versionShape.test(version)) throw new Error(`A key version must match ${versionShape.source}`);
    if (key.length !== keyBytes) throw new Error(`Key ${version} must be ${keyBytes} bytes long`);
    ring.set(version, createSecretKey(key));
  }
  if (!ring.has(current)) throw new Error(`The key ring lacks its current key ${current}`);
  return { current, keys: ring };
}

/** A key ring of `version:base64` entries, as the environment holds them; the first one is current. */
export function parseKeyRing(entries: readonly string[]): KeyRing {
  const pairs = entries.map((entry): [string, Buffer] => {
    const colon = entry.indexOf(':');
    return [entry.slice(0, colon), Buffer.from(entry.slice(colon + 1), 'base64')];
  });
  const versions = new Set(pairs.map(([version]) => version));
  if (versions.size < pairs.length) throw new Error('Two keys of the ring have one version');
  return createKeyRing(pairs[0]?.[0] ?? '', Object.fromEntries(pairs));
}
