import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build, type Plugin } from 'esbuild';

const root = join(__dirname, '..', '..', '..');
export const launcher = join(__dirname, 'launch.cjs');

/** What Nest and its parts ask for, and live without. */
const absent = [
  ...['microservices', 'websockets', 'platform-express', 'mongoose', 'sequelize', 'typeorm'].flatMap(
    (name) => [`@nestjs/${name}`, `@nestjs/${name}/*`],
  ),
  ...['@mikro-orm/core', '@fastify/view', 'class-transformer/storage'],
];

/** A packed file still finds what lies beside it in the tree: migrations, pages, native parts. */
const keepsPaths: Plugin = {
  name: 'keeps-paths',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.c?js$/ }, ({ path }) => {
      const contents = readFileSync(path, 'utf8');
      if (!/__dirname|__filename/.test(contents)) return undefined;
      const paths = `var __filename = ${JSON.stringify(path)}, __dirname = ${JSON.stringify(dirname(path))};`;
      return { contents: `${paths}${contents}`, loader: 'js' };
    }),
};

/**
 * Packs `dist/main.js` and `dist/worker.js`, with the crash points laid over both, into one file that `launch.cjs` runs, and
 * answers its path. Nothing else changes: the same modules, the same classes under the same names.
 */
export async function pack(directory: string): Promise<string> {
  const outfile = join(directory, 'inbrief.cjs');
  const contents = `
    require('./test/chaos/program/mutants.cjs');
    require('./test/chaos/program/crash-points.cjs');
    if (process.env.CHAOS_ROLE === 'api') require('./dist/main.js');
    else require('./dist/worker.js');`;
  await build({
    stdin: { contents, resolveDir: root },
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    // A script that comes out of V8's cache cannot import.
    supported: { 'dynamic-import': false },
    keepNames: true,
    minifyWhitespace: true,
    legalComments: 'none',
    loader: { '.node': 'copy' },
    external: absent,
    plugins: [keepsPaths],
    logLevel: 'error',
  });
  const env = { PATH: process.env.PATH, CHAOS_PROGRAM: outfile };
  spawnSync(process.execPath, [launcher], { env, stdio: 'ignore' });
  return outfile;
}
