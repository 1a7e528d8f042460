import { existsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';

/** The operating-system account that Postgres runs as. */
export interface Account {
  uid: number;
  gid: number;
}

const nobody: Account = { uid: 65534, gid: 65534 };

/**
 * Postgres refuses to run as root. Under root this is the account to drop to: the owner of an existing cluster's
 * directory, else `nobody`. Undefined means: run as whoever we are.
 */
export function postgresAccount(dataDir?: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = dataDir && existsSync(dataDir) ? statSync(dataDir) : undefined;
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : nobody;
}

/** Whether the account may pass through the directory and every one above it, judged by the mode bits. */
export function canEnter(directory: string, account: Account): boolean {
  for (let path = directory; ; path = dirname(path)) {
    if (existsSync(path)) {
      const { mode, uid, gid } = statSync(path);
      const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
      if ((mode & bit) === 0) return false;
    }
    if (path === dirname(path)) return true;
  }
}

/** Directories that every account of a machine can usually enter, best first: `/var/tmp` survives a reboot. */
export function publicDirectories(): string[] {
  return [...new Set(process.platform === 'win32' ? [tmpdir()] : ['/var/tmp', tmpdir(), '/tmp'])];
}
