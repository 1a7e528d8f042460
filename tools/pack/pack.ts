import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build as bundle, type Plugin } from 'esbuild';

const root = join(__dirname, '..', '..');
const launcher = join(__dirname, 'launch.cjs');

/** What Nest and its parts ask for, and live without. */
const absent = [
  ...['microservices', 'websockets', 'platform-express', 'mongoose', 'sequelize', 'typeorm'].flatMap(
    (name) => [`@nestjs/${name}`, `@nestjs/${name}/*`],
  ),
  ...['@mikro-orm/core', '@fastify/view', 'class-transformer/storage'],
];
/** Native code stays where it is. */
const native = ['@node-rs/argon2'];

export interface PackOptions {
  /** Modules, by their path in the tree, that are run before a process is. */
  first?: string[];
  /** What `launch.cjs` will run under; code that was kept under other flags is passed by. */
  v8Flags?: string[];
}

/**
 * Packs `dist/main.js` and `dist/worker.js` into one file in this directory, with the code that V8 made of it beside it, and
 * answers its path for `launch.cjs`. Nothing else changes: the same modules, the same classes under the same names, the same
 * places of files in the tree. @throws Error when what was packed cannot be loaded.
 */
export async function pack(
  directory: string,
  { first = [], v8Flags = [] }: PackOptions = {},
): Promise<string> {
  const program = join(directory, 'inbrief.cjs');
  mkdirSync(directory, { recursive: true });
  // V8 tells programs apart by their length alone.
  rmSync(`${program}.code`, { force: true });
  await bundle({
    stdin: { contents: entry(first), resolveDir: root },
    outfile: program,
    bundle: true,
    platform: 'node',
    target: 'node20',
    // A script that comes out of V8's cache cannot import.
    supported: { 'dynamic-import': false },
    banner: { js: 'const __packedIn = __dirname;' },
    keepNames: true,
    minifyWhitespace: true,
    lineLimit: 160,
    legalComments: 'none',
    external: [...absent, ...native],
    plugins: [readsWasm(directory), keepsPaths(directory)],
    logLevel: 'error',
  });
  keepCode(program, v8Flags);
  return program;
}

const entry = (first: string[]): string => `
  const first = () => { ${first.map((path) => `require(${JSON.stringify(path)});`).join(' ')} };
  exports.api = () => { first(); require('./dist/main.js'); };
  exports.worker = () => { first(); require('./dist/worker.js'); };
  exports.loadOnly = () => { require('./dist/api.js'); require('./dist/kernel/worker/worker.module.js'); };`;

function keepCode(program: string, v8Flags: string[]): void {
  const script = `
    for (const flag of ${JSON.stringify(v8Flags)}) require('node:v8').setFlagsFromString(flag);
    require(${JSON.stringify(launcher)}).keepCode(${JSON.stringify(program)}, (packed) => packed.loadOnly());
    process.exit();`;
  const { status, stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`What was packed cannot be loaded:\n${stderr}`);
}

/** A packed file still finds what lies beside it in the tree, wherever the tree lies: migrations, pages. */
const keepsPaths = (directory: string): Plugin => ({
  name: 'keeps-paths',
  setup: (build) =>
    build.onLoad({ filter: /\.c?js$/ }, ({ path }) => {
      const contents = readFileSync(path, 'utf8');
      if (!/__dirname|__filename/.test(contents)) return undefined;
      const place = `require('node:path').join(__packedIn, ${JSON.stringify(relative(directory, path))})`;
      const paths = `var __filename = ${place}, __dirname = require('node:path').dirname(__filename);`;
      return { contents: `${paths}${contents}`, loader: 'js' };
    }),
});

/** Prisma's query compiler is WebAssembly written out as text of some megabytes. It lies beside the program, and is read once. */
const readsWasm = (directory: string): Plugin => ({
  name: 'reads-wasm',
  setup: (build) =>
    build.onLoad({ filter: /query_compiler_\w+\.postgresql\.wasm-base64\.js$/ }, async ({ path }) => {
      const { wasm } = (await import(path)) as { wasm: string };
      writeFileSync(join(directory, 'query-compiler.wasm'), Buffer.from(wasm, 'base64'));
      const read = `require('node:fs').readFileSync(require('node:path').join(__packedIn, 'query-compiler.wasm'), 'base64')`;
      return {
        contents: `Object.defineProperty(exports, 'wasm', { enumerable: true, get: () => ${read} });`,
        loader: 'js',
      };
    }),
});
