import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** `npm run sdk:build`: the package twice, as ES modules and as CommonJS, each with its types, and how large it is. */
const root = import.meta.dirname;
const tsc = join(root, '..', 'node_modules', 'typescript', 'bin', 'tsc');
const flavours = [
  { name: 'esm', type: 'module', flags: ['--module', 'esnext', '--moduleResolution', 'bundler'] },
  { name: 'cjs', type: 'commonjs', flags: ['--module', 'commonjs', '--moduleResolution', 'node10'] },
];

rmSync(join(root, 'dist'), { recursive: true, force: true });
for (const { name, type, flags } of flavours) {
  const outDir = join(root, 'dist', name);
  const args = [
    tsc,
    '-p',
    join(root, 'tsconfig.build.json'),
    '--noEmit',
    'false',
    '--outDir',
    outDir,
    ...flags,
  ];
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(join(outDir, 'package.json'), `${JSON.stringify({ type })}\n`);
  const code = readdirSync(outDir, { recursive: true })
    .filter((file) => file.endsWith('.js'))
    .map((file) => readFileSync(join(outDir, file)));
  const kib = (bytes) => `${(bytes / 1024).toFixed(1)} KiB`;
  const bytes = Buffer.concat(code);
  console.log(`sdk/dist/${name}: ${kib(bytes.length)} of script, ${kib(gzipSync(bytes).length)} gzip`);
}
