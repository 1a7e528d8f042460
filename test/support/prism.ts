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

interface Call {
  call: string;
  seen: boolean;
  violations: string[];
}

/**
 * Starts Prism before an application where `npm run prism` asks for it; undefined otherwise. What it saw is added to the file that
 * `INBRIEF_PRISM` names, an application a line.
 */
export async function prismBefore(upstream: string): Promise<Prism | undefined> {
  const log = process.env.INBRIEF_PRISM;
  if (!log) return undefined;
  const program = join(__dirname, '..', '..', 'tools', 'api', 'prism.mjs');
  const child: ChildProcessByStdio<Writable, Readable, null> = spawn(process.execPath, [program, upstream], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  const [url] = (await once(lines, 'line')) as [string];
  const calls: Call[] = [];
  lines.on('line', (line) => void calls.push(JSON.parse(line) as Call));
  return {
    url,
    close: async () => {
      child.stdin.end();
      await once(lines, 'close');
      const violations = calls.flatMap(({ call, violations: found }) =>
        found.map((each) => `${call}: ${each}`),
      );
      const seen = calls.filter((call) => call.seen).length;
      appendFileSync(log, `${JSON.stringify({ seen, past: calls.length - seen, violations })}\n`);
      if (violations.length > 0)
        throw new Error(['Prism sees violations:', ...new Set(violations)].join('\n  '));
    },
  };
}
