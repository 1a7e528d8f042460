import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..');
const log = join(root, '.inbrief', 'prism.jsonl');

interface Tally {
  seen: number;
  past: number;
  violations: string[];
}

/** `npm run prism [-- spec…]`: the e2e specs (or those named) with Prism as a validating proxy before every application they start. */
function main(given: string[]): number {
  const specs = given.length > 0 ? given : ['test/e2e'];
  mkdirSync(join(root, '.inbrief'), { recursive: true });
  rmSync(log, { force: true });
  const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const { status } = spawnSync(process.execPath, [jest, ...specs], {
    cwd: root,
    env: { ...process.env, INBRIEF_PRISM: log },
    stdio: 'inherit',
  });
  if (!existsSync(log)) throw new Error('No application was started behind Prism');
  const tallies = readFileSync(log, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Tally);
  const sum = (of: (tally: Tally) => number): number =>
    tallies.reduce((total, tally) => total + of(tally), 0);
  const violations = tallies.flatMap((tally) => tally.violations);
  process.stdout.write(
    `Prism: ${tallies.length} applications, ${sum(({ seen }) => seen)} calls validated, ` +
      `${sum(({ past }) => past)} streams, signed events and conditional reads led past, ${violations.length} violations\n`,
  );
  return status === 0 && violations.length === 0 ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
