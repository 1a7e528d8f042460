import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** Prism between the specs and the application. */
export interface Prism {
  url: string;
  /** Ends it. @throws Error that names every violation it saw. */
  close(): Promise<void>;
}

/** One call of an operation that came by. */
export interface PrismCall {
  operation: string;
  status: number;
  /** Whether Prism held it against the document: streams and signed bytes are led past it. */
  seen: boolean;
  /** Whether the request violates the document and the API refused it: specs send such on purpose. */
  invalid: boolean;
  violations: string[];
}

/** Whether `npm run prism` asks for Prism before each application. */
export const isBehindPrism = process.env.INBRIEF_PRISM !== undefined;

/**
 * Starts Prism before an application where `npm run prism` asks for it; undefined otherwise. What it saw is added to the file that
 * `INBRIEF_PRISM` names, an application a line.
 * @param port where it listens; 0 for any that is free.
 */
export async function prismBefore(upstream: string, port = 0): Promise<Prism | undefined> {
  const log = process.env.INBRIEF_PRISM;
  if (!log) return undefined;
  const program = join(__dirname, '..', '..', 'tools', 'api', 'prism.mjs');
  const child: ChildProcessByStdio<Writable, Readable, null> = spawn(
    process.execPath,
    [program, upstream, String(port)],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const lines = createInterface({ input: child.stdout });
  const ended = once(child, 'exit').then(() => [undefined]);
  const [url] = (await Promise.race([once(lines, 'line'), ended])) as [string | undefined];
  if (url === undefined) throw new Error('Prism did not start');
  const calls: PrismCall[] = [];
  lines.on('line', (line) => void calls.push(JSON.parse(line) as PrismCall));
  return {
    url,
    close: async () => {
      child.stdin.end();
      await once(lines, 'close');
      appendFileSync(log, `${JSON.stringify(calls)}\n`);
      const violations = calls.flatMap(({ operation, status, violations: found }) =>
        found.map((each) => `${operation} ${status}: ${each}`),
      );
      if (violations.length > 0)
        throw new Error(['Prism sees violations:', ...new Set(violations)].join('\n  '));
    },
  };
}
