import { type ChildProcess, fork } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process that is held still takes a connection and says nothing. */
const answerMs = 5_000;

export interface ChildOptions {
  name: string;
  /** File to run: JavaScript, or TypeScript through tsx. */
  file: string;
  env: Record<string, string | undefined>;
  logFile: string;
}

/** A process of the stack. Its output goes to a file; it ends with this process at the latest. */
export class Child {
  private constructor(
    readonly name: string,
    readonly process: ChildProcess,
    private readonly logFile: string,
  ) {}

  static start({ name, file, env, logFile }: ChildOptions): Child {
    mkdirSync(dirname(logFile), { recursive: true });
    const log = openSync(logFile, 'a');
    const loader = file.endsWith('.ts')
      ? ['--import', 'tsx']
      : ['--require', join(__dirname, 'end-with-parent.cjs')];
    const child = fork(file, [], {
      cwd: join(__dirname, '..', '..'),
      execArgv: loader,
      env: env,
      stdio: ['ignore', log, log, 'ipc'],
    });
    closeSync(log);
    return new Child(name, child, logFile);
  }

  get running(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  /** Resolves when `GET url` answers 200. @throws Error with the end of the log when the process dies or takes too long. */
  async ready(url: string, timeoutMs = 30_000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while (Date.now() < deadline) {
      if (!this.running) throw new Error(`${this.name} ended at its start:\n${this.endOfLog()}`);
      const answer = await fetch(url, { signal: AbortSignal.timeout(answerMs) }).catch(() => undefined);
      if (answer?.ok) return;
      await sleep(50);
    }
    throw new Error(`${this.name} was not ready within ${timeoutMs / 1000} s:\n${this.endOfLog()}`);
  }

  /** Sends a message and resolves with the answer. @throws Error when the process ends first. */
  ask<T>(message: object): Promise<T> {
    return new Promise((resolve, reject) => {
      const ended = (): void => reject(new Error(`${this.name} ended at its start:\n${this.endOfLog()}`));
      if (!this.running) {
        ended();
        return;
      }
      this.process.once('exit', ended);
      this.process.once('message', (answer) => {
        this.process.off('exit', ended);
        resolve(answer as T);
      });
      this.process.send(message, () => undefined); // a channel that broke is told by the exit
    });
  }

  /** SIGTERM, and SIGKILL when it is still there after `deadlineMs`. */
  async stop(deadlineMs = 15_000): Promise<void> {
    if (!this.running) return;
    const ended = new Promise<void>((resolve) => this.process.once('exit', () => resolve()));
    this.process.kill('SIGTERM');
    const timer = setTimeout(() => this.process.kill('SIGKILL'), deadlineMs);
    await ended;
    clearTimeout(timer);
  }

  /** SIGKILL: the crash that no handler sees. */
  async kill(): Promise<void> {
    if (!this.running) return;
    const ended = new Promise<void>((resolve) => this.process.once('exit', () => resolve()));
    this.process.kill('SIGKILL');
    await ended;
  }

  private endOfLog(): string {
    return readFileSync(this.logFile, 'utf8').split('\n').slice(-30).join('\n');
  }
}
