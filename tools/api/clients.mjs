import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { document, here, install } from './install.mjs';

/** The second half of `npm run check api`: four generators make a client of openapi.json, and each client compiles under `tsc --strict`. */
install();
const out = mkdtempSync(join(here, 'node_modules', '.clients-'));
const bin = (name) => join(here, 'node_modules', '.bin', name);
const compilerOptions =
  '--noEmit --strict --target es2022 --lib es2022,dom,dom.iterable --module esnext --moduleResolution bundler --skipLibCheck';

const generators = {
  'openapi-typescript': {
    run: [bin('openapi-typescript'), document, '-o', join(out, 'types.ts')],
    main: 'types.ts',
  },
  'hey-api': {
    run: [bin('openapi-ts'), '-i', document, '-o', join(out, 'hey'), '-c', '@hey-api/client-fetch'],
    main: 'hey/index.ts',
  },
  'swagger-typescript-api': {
    run: [bin('swagger-typescript-api'), 'generate', '-p', document, '-o', join(out, 'sta'), '-n', 'api.ts'],
    main: 'sta/api.ts',
  },
  orval: { run: [bin('orval'), '--config', join(out, 'orval.config.js')], main: 'orval/index.ts' },
};
const orval = {
  api: {
    input: { target: document, validation: false },
    output: { target: join(out, 'orval/index.ts'), client: 'fetch', mode: 'single' },
  },
};

try {
  writeFileSync(join(out, 'orval.config.js'), `module.exports = ${JSON.stringify(orval)};\n`);
  for (const [name, { run }] of Object.entries(generators)) call(`${name} fails`, run);
  const mains = Object.values(generators).map(({ main }) => join(out, main));
  call('A client does not compile', [bin('tsc'), ...compilerOptions.split(' '), ...mains]);
  console.log(`${Object.keys(generators).join(', ')}: generated, and compiled under --strict`);
} finally {
  rmSync(out, { recursive: true, force: true });
}

function call(fault, [command, ...parameters]) {
  const { status, stdout, stderr } = spawnSync(command, parameters, {
    cwd: out,
    encoding: 'utf8',
    timeout: 240_000,
  });
  if (status !== 0) throw new Error(`${fault}:\n${stdout}\n${stderr}`);
}
