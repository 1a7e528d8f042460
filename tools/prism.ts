import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, routesOf } from '../src/kernel/http/openapi/nodes';
import type { PrismCall } from '../test/support/prism';

const root = join(__dirname, '..');
const log = join(root, '.inbrief', 'prism.jsonl');

/** `npm run prism [-- spec…]`: the e2e specs (or those named) with Prism as a validating proxy before every application they start. */
function main(given: string[]): number {
  const specs = given.length > 0 ? given : ofTheApi();
  mkdirSync(join(root, '.inbrief'), { recursive: true });
  rmSync(log, { force: true });
  // Before the specs, each of which would begin with it.
  if (run(join(root, 'tools', 'api', 'install.mjs'), []) !== 0) return 1;
  const status = run(join(root, 'node_modules', 'jest', 'bin', 'jest.js'), specs);
  if (!existsSync(log)) throw new Error('No application was started behind Prism');
  const applications = readFileSync(log, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as PrismCall[]);
  const violations = report(applications);
  return status === 0 && violations === 0 ? 0 : 1;
}

/** Not the console's, which drives a browser: what is a page to it is nothing that Prism can read. */
function ofTheApi(): string[] {
  return readdirSync(join(root, 'test/e2e'))
    .filter((name) => name !== 'console')
    .map((name) => `test/e2e/${name}`);
}

function run(program: string, parameters: string[]): number | null {
  const env = { ...process.env, INBRIEF_PRISM: log };
  return spawnSync(process.execPath, [program, ...parameters], { cwd: root, env, stdio: 'inherit' }).status;
}

/** Prints what was called, operation by operation, and what never was. Answers how many violations there were. */
function report(applications: PrismCall[][]): number {
  const calls = applications.flat();
  const document = JSON.parse(readFileSync(join(root, 'openapi.json'), 'utf8')) as Document;
  const known = routesOf(document).map(({ operation }) => operation.operationId);
  const called = [...grouped(calls, ({ operation }) => operation)].sort(([a], [b]) => (a < b ? -1 : 1));
  say(['operation', 'calls', 'invalid', 'past', 'violations', 'statuses']);
  for (const [operation, some] of called) say([operation, ...figures(some), statuses(some)]);
  say(['all', ...figures(calls), `${applications.length} applications`]);
  process.stdout.write(
    'invalid: requests that violate the document on purpose and were refused, counted apart; past: streams and signed bytes, which Prism cannot read\n',
  );
  const missed = known.filter((id) => !called.some(([operation]) => operation === id));
  process.stdout.write(
    `never called (${missed.length} of ${known.length}): ${missed.join(', ') || 'none'}\n`,
  );
  return calls.reduce((sum, { violations }) => sum + violations.length, 0);
}

function figures(calls: PrismCall[]): string[] {
  const count = (of: (call: PrismCall) => number | boolean): string =>
    String(calls.reduce((sum, call) => sum + Number(of(call)), 0));
  return [
    String(calls.length),
    count(({ invalid }) => invalid),
    count(({ seen }) => !seen),
    count(({ violations }) => violations.length),
  ];
}

function statuses(calls: PrismCall[]): string {
  return [...grouped(calls, ({ status }) => status)]
    .sort(([a], [b]) => a - b)
    .map(([status, some]) => `${status}×${some.length}`)
    .join(' ');
}

function grouped<K>(calls: PrismCall[], by: (call: PrismCall) => K): Map<K, PrismCall[]> {
  const groups = new Map<K, PrismCall[]>();
  for (const call of calls) groups.set(by(call), [...(groups.get(by(call)) ?? []), call]);
  return groups;
}

function say([name = '', ...cells]: string[]): void {
  const last = cells.pop() ?? '';
  process.stdout.write(`${name.padEnd(32)}${cells.map((cell) => cell.padStart(11)).join('')}  ${last}\n`);
}

process.exitCode = main(process.argv.slice(2));
