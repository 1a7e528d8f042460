import { readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a postmaster says about itself in its data directory. */
export interface LockFile {
  pid: number;
  port: number;
  status: string;
}

/** Reads `postmaster.pid`: pid on line 1, port on line 4, status on line 8 (absent while starting). */
export function readLockFile(dataDir: string): LockFile | undefined {
  try {
    const lines = readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]), status: (lines[7] ?? '').trim() };
  } catch {
    return undefined;
  }
}

/**
 * Makes sure that nobody serves the directory: waits for a server that is on its way out and clears a stale lock file
 * whose pid another program has taken meanwhile. Throws, naming pid and port, where a server lives on.
 */
export async function ensureNotServed(dataDir: string): Promise<void> {
  const begun = Date.now();
  for (;;) {
    const lock = readLockFile(dataDir);
    if (!lock || !exists(lock.pid)) return;
    if (!(await isPostmaster(lock))) {
      await untilDeserted(dataDir);
      rmSync(join(dataDir, 'postmaster.pid'), { force: true });
      return;
    }
    const patienceMs = lock.status === 'stopping' ? 20_000 : 1_000;
    if (Date.now() - begun > patienceMs) {
      throw new Error(
        `The Postgres data in ${dataDir} is already served by process ${lock.pid} on port ${lock.port}: ` +
          'use that one, or stop its owner first',
      );
    }
    await sleep(100);
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function isPostmaster(lock: LockFile): Promise<boolean> {
  if (process.platform !== 'linux') return answers(lock.port);
  try {
    const state = readFileSync(`/proc/${lock.pid}/stat`, 'utf8').replace(/^.*\) /s, '')[0];
    const [program = ''] = readFileSync(`/proc/${lock.pid}/cmdline`, 'utf8').split('\0');
    return state !== 'Z' && basename(program) === 'postgres';
  } catch {
    return false;
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const settle = (value: boolean): void => {
      socket.destroy();
      resolve(value);
    };
    socket.once('connect', () => settle(true)).once('error', () => settle(false));
  });
}

/** Orphaned backends work in the data directory; a second server beside them would destroy it. */
async function untilDeserted(dataDir: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const workers = process.platform === 'linux' ? workingIn(dataDir) : attempt < 10 ? [0] : [];
    if (workers.length === 0) return;
    await sleep(100);
  }
  throw new Error(`Processes of a dead Postgres still work in ${dataDir}: ${workingIn(dataDir).join(', ')}`);
}

function workingIn(directory: string): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === directory;
    } catch {
      return false;
    }
  });
}
