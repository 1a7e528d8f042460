import { spawn, type ChildProcess } from 'node:child_process';
import { delimiter, join } from 'node:path';

interface Part {
  name: string;
  command: string;
}

/** Longest first, so that the lanes end together. */
const parts: Part[] = [
  { name: 'lint', command: 'eslint .' },
  { name: 'openapi', command: 'npm run --silent openapi -- --check' },
  {
    name: 'types',
    command:
      'tsc --noEmit -p . && tsc --noEmit -p sdk && tsc --noEmit -p sdk/tsconfig.build.json && tsc --noEmit -p console',
  },
  { name: 'format', command: 'prettier --check --log-level warn .' },
  { name: 'sdk', command: 'tsx tools/sdk-types.ts --check' },
  { name: 'schema', command: 'tsx tools/check-schema.ts' },
  {
    name: 'imports',
    command: 'depcruise --config .dependency-cruiser.cjs src sandbox test tools sdk/src console/src',
  },
  { name: 'dead code', command: 'knip' },
  { name: 'releases', command: 'tsx tools/contract/releases.ts' },
  // One after the other: both install the tools that they share.
  { name: 'api', command: 'node tools/api/lint.mjs && node tools/api/clients.mjs' },
  { name: 'prisma', command: 'prisma validate' },
];
const lanes = 2;

const root = join(__dirname, '..');
const env = {
  ...process.env,
  PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}`,
};
const running = new Map<Part, ChildProcess>();

/**
 * `npm run check [part…]`: runs the parts (all of them, or those named) two at a time, says how long each took, shows what a
 * failing one printed, and exits 1 if any failed.
 */
async function main(named: string[]): Promise<void> {
  const unknown = named.filter((name) => !parts.some((part) => part.name === name));
  if (unknown.length > 0)
    throw new Error(
      `No such part: ${unknown.join(', ')}. There are: ${parts.map(({ name }) => name).join(', ')}`,
    );
  const queue = parts.filter(({ name }) => named.length === 0 || named.includes(name));
  const asked = queue.length;
  const started = performance.now();
  let failed = 0;
  const lane = async (): Promise<void> => {
    for (let part = queue.shift(); part; part = queue.shift()) if (!(await run(part))) failed += 1;
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  say(`check: ${asked - failed} passed, ${failed} failed in ${seconds(started)}`);
  process.exitCode = failed > 0 ? 1 : 0;
}

async function run(part: Part): Promise<boolean> {
  const started = performance.now();
  const child = spawn(part.command, { cwd: root, env, shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
  running.set(part, child);
  showRunning();
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  running.delete(part);
  say(`${code === 0 ? '✓' : '✗'} ${part.name.padEnd(10)} ${seconds(started)}`);
  if (code !== 0) say(`$ ${part.command}\n${Buffer.concat(output).toString().trimEnd()}\n`);
  showRunning();
  return code === 0;
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`.padStart(7);
}

function say(line: string): void {
  process.stdout.write(`${process.stdout.isTTY ? '\r\u001b[K' : ''}${line}\n`);
}

function showRunning(): void {
  if (!process.stdout.isTTY) return;
  const names = [...running.keys()].map(({ name }) => name).join(', ');
  process.stdout.write(`\r\u001b[K${names ? `… ${names}` : ''}`);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    say(`check: stopped by ${signal}`);
    for (const child of running.values()) child.kill(signal);
    process.exit(130);
  });
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
