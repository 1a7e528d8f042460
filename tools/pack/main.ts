import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pack } from './pack';

const directory = join(__dirname, '..', '..', 'dist', 'packed');

/** The product as it is shipped: `node dist/packed/api.js` and `node dist/packed/worker.js`, from what `nest build` left in `dist`. */
async function main(): Promise<void> {
  await pack(directory);
  copyFileSync(join(__dirname, 'launch.cjs'), join(directory, 'launch.cjs'));
  for (const role of ['api', 'worker'])
    writeFileSync(
      join(directory, `${role}.js`),
      `require('./launch.cjs').launch(require.resolve('./inbrief.cjs')).${role}();\n`,
    );
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
