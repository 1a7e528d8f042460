import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SentStatement } from '../support/statement-log';
import { distinct, releasesDirectory } from './statements';

const root = join(__dirname, '..', '..');
const log = join(root, '.inbrief', 'statements.jsonl');
/** Specs that start the whole application. */
const specs = ['test/e2e/(email-processing|billing|registration)', 'test/integration/(api|email|billing)'];

/** `npm run release:queries -- VERSION`: keeps what the application sends to Postgres, for the release after to be held to. */
function main([version]: string[]): void {
  if (!/^\d+\.\d+\.\d+$/.test(version ?? ''))
    throw new Error('Say which release: npm run release:queries -- 1.2.3');
  mkdirSync(join(root, '.inbrief'), { recursive: true });
  rmSync(log, { force: true });
  const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const { status } = spawnSync(process.execPath, [jest, '--silent', ...specs], {
    cwd: root,
    env: { ...process.env, INBRIEF_STATEMENT_LOG: log },
    stdio: 'inherit',
  });
  if (status !== 0 || !existsSync(log))
    throw new Error('The specs must pass before their statements are kept');
  const sent = readFileSync(log, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as SentStatement);
  const statements = distinct(sent);
  mkdirSync(releasesDirectory, { recursive: true });
  writeFileSync(join(releasesDirectory, `${version}.json`), `${JSON.stringify(statements, null, 1)}\n`);
  process.stdout.write(`${statements.length} statements of release ${version} are kept\n`);
}

main(process.argv.slice(2));
