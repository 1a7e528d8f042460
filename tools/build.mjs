import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * `npm run build`: the backend (`nest build`: compiler, swagger plugin, type errors and all), the same packed as it is shipped, and
 * the console (Vite), each skipped where it was already built from the very same bytes, so that demo, start and check do not each
 * pay for it. `--force` builds anyway, a name (`dist`, `dist/packed`, `console/dist`) builds that one alone.
 */
const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const filesOf = (folder, isSource) =>
  readdirSync(join(root, folder), { recursive: true })
    .map((name) => join(folder, name))
    .filter((name) => isSource.test(name) && !/\.spec\.ts$|(^|\/)dist\//.test(name))
    .sort();

const targets = [
  {
    name: 'dist',
    sources: () => [
      ...['nest-cli.json', 'package-lock.json', 'tsconfig.build.json', 'tsconfig.json'],
      ...filesOf('src', /\.ts$/),
    ],
    command: [join(root, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js'), 'build'],
  },
  {
    name: 'dist/packed',
    sources: () => ['dist/.built-from', ...filesOf('tools/pack', /\.(ts|cjs)$/)],
    command: ['--import', 'tsx', join(root, 'tools', 'pack', 'main.ts')],
  },
  {
    name: 'console/dist',
    sources: () => [
      'package-lock.json',
      ...filesOf('console', /\.(tsx?|css|html|svg|mjs)$/),
      ...filesOf('sdk/src', /\.ts$/),
    ],
    command: [join(root, 'console', 'build.mjs')],
  },
];

const isForced = process.argv.includes('--force');
const named = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
for (const target of targets)
  if (named.length === 0 || named.includes(target.name)) process.exitCode ||= build(target);

function build({ name, sources, command }) {
  const stamp = join(root, name, '.built-from');
  const hash = createHash('sha256').update(process.version);
  for (const file of sources()) hash.update(file).update(readFileSync(join(root, file)));
  const digest = hash.digest('hex');
  if (!isForced && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) {
    console.log(`${name} is up to date`);
    return 0;
  }
  rmSync(stamp, { force: true });
  const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' });
  if (status === 0) writeFileSync(stamp, digest);
  return status ?? 1;
}
