import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Document } from '../../src/kernel/http/openapi/nodes';
import { breakingChanges } from './breaking-changes';

const root = join(__dirname, '..', '..');
const directory = join(root, 'openapi/releases');
const accepted = join(root, 'openapi/accepted-breaks.json');
const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

/**
 * `tsx tools/contract/releases.ts`: holds openapi.json to the document of the last release and exits 1 where a caller of that release
 * would break, unless openapi/accepted-breaks.json says why it may. `keep 1.2.3` keeps the document of the release about to be made.
 */
function main([command, version]: string[]): number {
  const current = read(join(root, 'openapi.json')) as Document;
  if (command === 'keep') return keep(current, version);
  const { name, document } = lastRelease();
  const faults = unexcused(breakingChanges(document, current), read(accepted) as Record<string, string>);
  process.stdout.write([...faults, `openapi.json against ${name}: ${faults.length} faults`, ''].join('\n'));
  return faults.length > 0 ? 1 : 0;
}

/** The document of the last release, without its prose. */
function lastRelease(): { name: string; document: Document } {
  const name = releases().at(-1);
  if (name === undefined) throw new Error('No release is kept: npm run release:api -- 0.1.0');
  return { name, document: read(join(directory, name)) as Document };
}

/** Changes that nobody has accepted, and acceptances that nothing needs. */
export function unexcused(changes: string[], excuses: Record<string, string>): string[] {
  return [
    ...changes.filter((change) => !excuses[change]),
    ...Object.keys(excuses)
      .filter((change) => !changes.includes(change))
      .map((change) => `accepted, and not so: ${change}`),
  ];
}

function keep(current: Document, version: string | undefined): number {
  if (!/^\d+\.\d+\.\d+$/.test(version ?? ''))
    throw new Error('Say which release: npm run release:api -- 1.2.3');
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, `${version}.json`), `${JSON.stringify(current, withoutProse)}\n`);
  writeFileSync(accepted, '{}\n');
  process.stdout.write(`The API of release ${version} is kept\n`);
  return 0;
}

/** Examples and descriptions promise nothing. */
function withoutProse(key: string, value: unknown): unknown {
  const isText = (key === 'description' || key === 'summary') && typeof value === 'string';
  return isText || key === 'example' ? undefined : value;
}

function releases(): string[] {
  const order = (name: string): number =>
    name
      .split('.')
      .slice(0, 3)
      .reduce((sum, part) => sum * 10_000 + Number(part), 0);
  return readdirSync(directory)
    .filter((name) => /^\d+\.\d+\.\d+\.json$/.test(name))
    .sort((a, b) => order(a) - order(b));
}

if (require.main === module) process.exitCode = main(process.argv.slice(2));
