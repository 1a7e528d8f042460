import { execFile, execFileSync } from 'node:child_process';
import {
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Account, canEnter, publicDirectories } from './account';

/**
 * Where the cluster's files really live. That is the path asked for; or, where the account could not enter a folder
 * above it, a new directory elsewhere with a link to it left at the path asked for.
 */
export function locateDataDirectory(requested: string, account: Account | undefined): string {
  const path = resolve(requested);
  if (isCluster(path)) return realpathSync(path);
  mkdirSync(dirname(path), { recursive: true });
  if (!account || canEnter(dirname(path), account)) {
    removeEmpty(path);
    return join(realpathSync(dirname(path)), basename(path));
  }
  const elsewhere = reservePublicPath(account);
  removeEmpty(path);
  symlinkSync(elsewhere, path);
  return elsewhere;
}

/** Whether a finished cluster is here. */
export function isCluster(dataDir: string): boolean {
  return existsSync(join(dataDir, 'PG_VERSION'));
}

/**
 * Runs initdb beside the final place and moves the result in one step, so that a crash half-way leaves no cluster that
 * looks finished, and of two simultaneous creators one wins and the other uses its work.
 */
export async function createCluster(
  binaries: string,
  dataDir: string,
  account: Account | undefined,
  credentials: { user: string; password: string; sync: boolean },
): Promise<void> {
  const draft = mkdtempSync(`${dataDir}.init-`);
  const passwordFile = `${draft}.password`;
  writeFileSync(passwordFile, `${credentials.password}\n`, { mode: 0o600 });
  if (account) for (const path of [draft, passwordFile]) chownSync(path, account.uid, account.gid);
  try {
    await promisify(execFile)(
      join(binaries, 'bin', 'initdb'),
      [
        `--pgdata=${draft}`,
        `--username=${credentials.user}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        ...(hasBuiltinLocales(binaries) ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : []),
        ...(credentials.sync ? [] : ['--no-sync']),
      ],
      { ...account, cwd: '/', env: { ...process.env, LC_ALL: 'C' } },
    );
    renameSync(draft, dataDir);
  } catch (error) {
    if (!isCluster(dataDir)) throw error;
  } finally {
    rmSync(draft, { recursive: true, force: true });
    rmSync(passwordFile, { force: true });
  }
}

/** Since Postgres 17; before it, letters beyond ASCII have no case in a database that must not ask the system. */
function hasBuiltinLocales(binaries: string): boolean {
  const version = execFileSync(join(binaries, 'bin', 'postgres'), ['--version'], { encoding: 'utf8' });
  return Number(/\d+/.exec(version)?.[0]) >= 17;
}

function reservePublicPath(account: Account): string {
  const refused: string[] = [];
  for (const base of publicDirectories()) {
    try {
      if (!canEnter(base, account)) throw new Error('the account cannot enter it');
      const path = mkdtempSync(join(base, 'inbrief-postgres-data-'));
      rmdirSync(path);
      return path;
    } catch (error) {
      refused.push(`${base}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new Error(
    `No directory that uid ${account.uid} can reach was found for the Postgres data (${refused.join('; ')})`,
  );
}

/** Clears an empty directory or a dangling link out of the way; anything else is someone's data and stays. */
function removeEmpty(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found) return;
  if (found.isSymbolicLink()) unlinkSync(path);
  else rmdirSync(path);
}
