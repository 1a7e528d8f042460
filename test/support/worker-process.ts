import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { EnvDto } from '../../src/kernel/config/env.dto';

/** A program of the product that is a process of its own, so that it can die as processes die. */
export interface ProductProcess {
  /** SIGTERM; resolves with the exit code, null where a signal ended it. */
  stop(): Promise<number | null>;
  /** SIGKILL: nothing is finished, handed back or closed. */
  kill(): Promise<void>;
  /** Resolves when it has ended, however that came about. */
  ended: Promise<void>;
  /** Subjects of the mails that it began to summarise, where it is watched. */
  summarised: string[];
  /** What it wrote to its standard output and error so far, where it is heard. */
  said(): string;
}

export interface ProcessOptions {
  /** Variables beside those of the application under test, or in place of them. */
  variables?: Record<string, string>;
  /** Lays `watched-summariser.cjs` over it. */
  watched?: boolean;
  /** Keeps what it says. */
  heard?: boolean;
}

/** Starts `src/worker.ts` with the settings of an application under test. */
export function startWorkerProcess(env: EnvDto, options?: ProcessOptions): ProductProcess {
  return startProcess('worker.ts', env, options);
}

/** Starts `src/main.ts`, an API, with the settings of an application under test; `variables` names its port. */
export function startApiProcess(env: EnvDto, options?: ProcessOptions): ProductProcess {
  return startProcess('main.ts', env, options);
}

function startProcess(
  program: string,
  env: EnvDto,
  { variables = {}, watched = false, heard = false }: ProcessOptions = {},
): ProductProcess {
  const settings = Object.entries(
    env as unknown as Record<string, string | number | boolean | string[] | undefined>,
  ).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(',') : String(value)] as const],
  );
  const root = join(__dirname, '..', '..');
  const preloads = [
    join(__dirname, 'swc-register.cjs'),
    join(root, 'sandbox/stack/end-with-parent.cjs'),
    ...(watched ? [join(__dirname, 'watched-summariser.cjs')] : []),
  ];
  const child = fork(join(root, 'src', program), [], {
    cwd: root,
    execArgv: preloads.flatMap((file) => ['--require', file]),
    env: { PATH: process.env.PATH, ...Object.fromEntries(settings), ...variables },
    stdio: ['ignore', heard ? 'pipe' : 'ignore', heard ? 'pipe' : 'inherit', 'ipc'],
  });
  const words: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => words.push(chunk.toString('utf8')));
  const code = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const ended = code.then(() => undefined);
  const summarised: string[] = [];
  child.on('message', ({ subject }: { subject: string }) => summarised.push(subject));
  return {
    ended,
    summarised,
    said: () => words.join(''),
    stop: () => {
      child.kill('SIGTERM');
      return code;
    },
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await ended;
    },
  };
}
