import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { postgresAccount } from './account';
import { findBinaries } from './binaries';
import { createCluster, isCluster, locateDataDirectory } from './data-directory';
import { ensureNotServed, readLockFile } from './lock-file';
import { Supervisor } from './supervisor';

export interface PostgresOptions {
  /** Created when absent; an existing cluster is started again, after recovery if it crashed. */
  dataDir: string;
  /** A free one by default. */
  port?: number;
  /** For tests: gives durability up (no fsync, no full page writes, asynchronous commits) for speed. */
  fast?: boolean;
  /** Another Postgres than npm's: a folder that holds `bin/postgres` and `bin/initdb`. */
  binaries?: string;
  /** Delete the data at the end, even when this process is killed. */
  temporary?: boolean;
}

/** A real Postgres on loopback whose life is tied to this process. */
export interface RunningPostgres {
  /** The superuser's URL to the database `postgres`. */
  url: string;
  port: number;
  /** Where the files really are; differs from the path asked for when root had to place them elsewhere. */
  dataDir: string;
  /** Fast shutdown, and the end of the supervisor: nothing is left running. */
  stop(): Promise<void>;
  /** A crash, for chaos runs: SIGKILL of the postmaster, or SIGQUIT, its immediate shutdown. `restart` brings it back. */
  kill(signal?: 'SIGKILL' | 'SIGQUIT'): Promise<void>;
  /** Stops it fast if it runs, then starts it on the same port with the same data. */
  restart(): Promise<void>;
}

const credentials = { user: 'postgres', password: 'postgres' };
const startTimeoutMs = 60_000;

/**
 * Starts the Postgres that npm installed: no Docker, no download, also as root. It accepts connections when this
 * resolves. Throws where the platform has no binaries, the data is served by another process (naming pid and port),
 * the port is taken, or the server refuses to start (with the end of its log).
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const account = postgresAccount(options.dataDir);
  const binaries = findBinaries(account, options.binaries);
  const dataDir = locateDataDirectory(options.dataDir, account);
  if (isCluster(dataDir)) await ensureNotServed(dataDir);
  else await createCluster(binaries, dataDir, account, { ...credentials, sync: !options.fast });

  const logFile = join(dataDir, 'server.log');
  const removeAtEnd = options.temporary ? [dataDir, resolve(options.dataDir)] : [];
  const binary = join(binaries, 'bin', 'postgres');
  const supervisor = new Supervisor({ binary, logFile, account, removeAtEnd }, serverEnvironment());
  const launch = (port: number): Promise<void> =>
    supervisor.awake(() =>
      launchUntilReady(supervisor, dataDir, logFile, serverArguments(dataDir, port, options.fast)),
    );
  let port: number;
  try {
    port = await launchOnPort(options.port, launch);
  } catch (error) {
    await supervisor.end();
    throw error;
  }
  const kill = async (signal: 'SIGKILL' | 'SIGQUIT' = 'SIGKILL'): Promise<void> => {
    const postmaster = supervisor.postmaster;
    if (!postmaster) return;
    process.kill(postmaster.pid, signal);
    await supervisor.awake(() => postmaster.exited);
  };
  return {
    url: `postgresql://${credentials.user}:${credentials.password}@127.0.0.1:${port}/postgres`,
    port,
    dataDir,
    stop: () => supervisor.end(),
    kill,
    restart: async () => {
      await supervisor.stop();
      await launch(port);
    },
  };
}

async function launchOnPort(
  wanted: number | undefined,
  launch: (port: number) => Promise<void>,
): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    const port = wanted ?? (await freePort());
    try {
      await launch(port);
      return port;
    } catch (error) {
      const taken = error instanceof Error && error.message.includes('Address already in use');
      if (!taken) throw error;
      if (wanted !== undefined)
        throw new Error(`Port ${port} is taken: choose another for Postgres`, { cause: error });
      if (attempt === 5) throw error;
    }
  }
}

/** Starts the postmaster and waits until it accepts connections; a crashed one's last backends are waited for. */
async function launchUntilReady(
  supervisor: Supervisor,
  dataDir: string,
  logFile: string,
  args: string[],
): Promise<void> {
  const deadline = Date.now() + startTimeoutMs;
  for (;;) {
    const logStart = existsSync(logFile) ? readFileSync(logFile).length : 0;
    const { pid, exited } = await supervisor.start(args);
    let ended: string | undefined;
    void exited.then((reason) => (ended = reason));
    for (;;) {
      const lock = readLockFile(dataDir);
      if (lock?.pid === pid && lock.status === 'ready') return;
      if (ended !== undefined) break;
      if (Date.now() > deadline)
        throw new Error(`Postgres was not ready after ${startTimeoutMs} ms; see ${logFile}`);
      await sleep(10);
    }
    const log = readFileSync(logFile).subarray(logStart).toString('utf8').trim();
    if (/lock file "postmaster.pid" already exists/.test(log)) await ensureNotServed(dataDir);
    else if (!log.includes('pre-existing shared memory block')) {
      throw new Error(`Postgres ended while starting (${ended}):\n${log.split('\n').slice(-15).join('\n')}`);
    }
    if (Date.now() > deadline) throw new Error(`Postgres could not be started in ${dataDir}:\n${log}`);
    await sleep(100);
  }
}

function serverArguments(dataDir: string, port: number, fast = false): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: '64MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(fast ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  };
  return ['-D', dataDir, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

/** The caller's environment without libpq's variables, some of which the server would obey. */
function serverEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('PG'));
  return { ...Object.fromEntries(own), LC_ALL: 'C' };
}

function freePort(): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? resolvePort(address.port) : reject(new Error('no port')),
      );
    });
  });
}
