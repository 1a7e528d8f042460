import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Table from 'cli-table3';
import { variants } from './variants';

const root = join(__dirname, '..', '..');
/** What touches data: everything that a Postgres of another kind could break. */
const whole = [
  'src/kernel/database',
  'src/kernel/outbox',
  'test/architecture/rls',
  'test/integration',
  'test/e2e',
];
/** What of it shows within a minute that roles, policies, the ledger, the pipeline and the programs work there. */
const quick = [
  'src/kernel/(database|outbox)',
  'test/architecture/rls',
  'test/integration/ledger/(races|violations|verify)',
  'test/e2e/email-processing/main-flow',
  'test/e2e/billing',
];

interface JestReport {
  numPassedTests: number;
  numFailedTests: number;
  numRuntimeErrorTestSuites: number;
  testResults: { name: string; message: string }[];
}

/**
 * `npm run test:matrix [-- --quick] [variant …]`: the integration specs through a transaction-mode pooler and on each
 * Postgres we promise. Exits 1 where a spec fails; a variant that this machine cannot have is named and skipped.
 */
function main(args: string[]): number {
  const names = args.filter((arg) => !arg.startsWith('--'));
  const paths = args.includes('--quick') ? quick : whole;
  const table = new Table({ head: ['variant', 'passed', 'failed', 'seconds'], style: { head: [] } });
  let failed = false;
  for (const variant of variants.filter(({ name }) => names.length === 0 || names.includes(name))) {
    const prepared = variant.prepare();
    if ('missing' in prepared) {
      table.push([variant.name, `skipped: ${prepared.missing}`, '', '']);
      continue;
    }
    process.stdout.write(`${variant.name} …\n`);
    const began = Date.now();
    const report = runSpecs(variant.name, paths, prepared.env);
    const faults = report.numFailedTests + report.numRuntimeErrorTestSuites;
    if (faults > 0) for (const { message } of report.testResults) process.stdout.write(message);
    failed ||= faults > 0 || report.numPassedTests === 0;
    table.push([variant.name, report.numPassedTests, faults, seconds(began)]);
  }
  process.stdout.write(`${table.toString()}\n`);
  return failed ? 1 : 0;
}

function runSpecs(name: string, paths: string[], env: Record<string, string>): JestReport {
  const reportFile = join(root, '.inbrief', 'matrix', `${name}.json`);
  mkdirSync(join(root, '.inbrief', 'matrix'), { recursive: true });
  const flags = ['--silent', '--json', `--outputFile=${reportFile}`];
  spawnSync(process.execPath, [join(root, 'node_modules', 'jest', 'bin', 'jest.js'), ...flags, ...paths], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return JSON.parse(readFileSync(reportFile, 'utf8')) as JestReport;
}

function seconds(since: number): string {
  return ((Date.now() - since) / 1_000).toFixed(0);
}

process.exitCode = main(process.argv.slice(2));
