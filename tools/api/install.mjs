import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const here = dirname(fileURLToPath(import.meta.url));
export const document = join(here, '..', '..', 'openapi.json');
const stamp = join(here, 'node_modules', '.installed-from');

/** Installs what package-lock.json names, unless that has been done: linters and generators are three times the application's size. */
export function install() {
  const digest = createHash('sha256')
    .update(readFileSync(join(here, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  const flags = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
  const { status, stderr } = spawnSync('npm', flags, { cwd: here, stdio: 'pipe', encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm ci in tools/api failed:\n${stderr}`);
  writeFileSync(stamp, digest);
}

// As a program: `node tools/api/install.mjs`.
if (process.argv[1] === fileURLToPath(import.meta.url)) install();
