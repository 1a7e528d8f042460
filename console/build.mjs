import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'vite';

/** Builds console/dist, each text beside its compressed twins: the API sends bytes and compresses nothing. */
await build({ configFile: join(import.meta.dirname, 'vite.config.mjs'), logLevel: 'warn' });

const dist = join(import.meta.dirname, 'dist');
const texts = readdirSync(dist, { recursive: true }).filter((name) => /\.(html|js|css|svg)$/.test(name));
let script = 0;
for (const name of texts) {
  const bytes = readFileSync(join(dist, name));
  const zipped = gzipSync(bytes, { level: 9 });
  if (name.endsWith('.js')) script += zipped.length;
  writeFileSync(join(dist, `${name}.gz`), zipped);
  const quality = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  writeFileSync(join(dist, `${name}.br`), brotliCompressSync(bytes, { params: quality }));
}
console.log(`console/dist is built: ${(script / 1024).toFixed(1)} KiB of script, gzip`);
