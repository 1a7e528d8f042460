import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * `npm run build`: `nest build` (compiler, swagger plugin, type errors and all), skipped where `dist` was already built from
 * the very same bytes, so that demo, start and check do not each pay for it. `--force` builds anyway.
 */
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const stamp = join(root, 'dist', '.built-from');
const settings = ['nest-cli.json', 'package-lock.json', 'tsconfig.build.json', 'tsconfig.json'];

const sources = readdirSync(join(root, 'src'), { recursive: true })
  .map((name) => join('src', name))
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
  .sort();
const hash = createHash('sha256').update(process.version);
for (const name of [...settings, ...sources]) hash.update(name).update(readFileSync(join(root, name)));
const digest = hash.digest('hex');

if (!process.argv.includes('--force') && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) {
  console.log('dist is up to date');
} else {
  rmSync(stamp, { force: true });
  const nest = join(root, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js');
  const { status } = spawnSync(process.execPath, [nest, 'build'], { cwd: root, stdio: 'inherit' });
  if (status === 0) writeFileSync(stamp, digest);
  process.exitCode = status ?? 1;
}
