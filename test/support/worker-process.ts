import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { EnvDto } from '../../src/kernel/config/env.dto';

/** A worker that is a process of its own, so that it can die as processes die. */
export interface WorkerProcess {
  /** SIGKILL: nothing is finished, handed back or closed. */
  kill(): Promise<void>;
}

/** Starts `src/worker.ts` with the settings of an application under test. */
export function startWorkerProcess(env: EnvDto): WorkerProcess {
  const variables = Object.entries(
    env as unknown as Record<string, string | number | boolean | string[] | undefined>,
  ).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(',') : String(value)] as const],
  );
  const child = fork(join(__dirname, '..', '..', 'src', 'worker.ts'), [], {
    cwd: join(__dirname, '..', '..'),
    execArgv: ['--require', join(__dirname, 'swc-register.cjs')],
    env: { PATH: process.env.PATH, ...Object.fromEntries(variables) },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return {
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    },
  };
}
