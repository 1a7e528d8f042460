import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type Account } from './account';

interface SupervisorSettings {
  binary: string;
  logFile: string;
  account: Account | undefined;
  /** Paths deleted when the cluster ends, whoever ended it. */
  removeAtEnd: string[];
}

type Report = { event: 'spawned'; pid: number } | { event: 'exited'; reason: string };

/**
 * The owner's end of `supervisor.mjs`: starts and stops one postmaster that cannot outlive this process. Holds no
 * event loop open, except while something is awaited.
 */
export class Supervisor {
  private readonly child: ChildProcess;
  private running: { pid: number; exited: Promise<string> } | undefined;
  private settleExit: (reason: string) => void = () => undefined;

  constructor(settings: SupervisorSettings, environment: NodeJS.ProcessEnv) {
    this.child = fork(join(__dirname, 'supervisor.mjs'), [JSON.stringify(settings)], {
      cwd: '/',
      detached: true,
      execArgv: [],
      env: { ...environment, NODE_OPTIONS: '' },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.child.on('message', (report: Report) => this.note(report));
    this.child.once('exit', () => this.orphaned());
    this.rest();
  }

  /** The living postmaster: its pid, and a promise of why it ended. */
  get postmaster(): { pid: number; exited: Promise<string> } | undefined {
    return this.running;
  }

  /** Starts a postmaster; resolves once it has a pid, long before it accepts connections. */
  async start(args: string[]): Promise<{ pid: number; exited: Promise<string> }> {
    return this.awake(async () => {
      const answered = Promise.race([once(this.child, 'message'), once(this.child, 'exit')]);
      this.send({ command: 'start', args });
      await answered;
      if (!this.running) throw new Error('The Postgres program could not be run');
      return this.running;
    });
  }

  /** Fast shutdown: open transactions are rolled back, everyone is disconnected, all is flushed. */
  async stop(): Promise<void> {
    const postmaster = this.running;
    if (!postmaster) return;
    this.send({ command: 'stop' });
    await this.awake(() => postmaster.exited);
  }

  /** Stops the postmaster, deletes what was temporary and ends the supervisor. */
  async end(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exited = once(this.child, 'exit');
    this.send({ command: 'end' });
    await this.awake(() => exited);
  }

  /** Runs something while the event loop is kept open for the supervisor's answers. */
  async awake<T>(work: () => Promise<T>): Promise<T> {
    this.child.ref();
    this.child.channel?.ref();
    try {
      return await work();
    } finally {
      this.rest();
    }
  }

  private rest(): void {
    this.child.unref();
    this.child.channel?.unref();
  }

  private send(message: { command: 'start' | 'stop' | 'end'; args?: string[] }): void {
    if (!this.child.connected) throw new Error('The supervisor of Postgres is gone');
    this.child.send(message);
  }

  private note(report: Report): void {
    if (report.event === 'spawned') {
      const exited = new Promise<string>((resolve) => (this.settleExit = resolve));
      this.running = { pid: report.pid, exited };
    } else {
      this.running = undefined;
      this.settleExit(report.reason);
    }
  }

  /** Somebody killed the supervisor: the postmaster must not stay behind. */
  private orphaned(): void {
    if (!this.running) return;
    try {
      process.kill(this.running.pid, 'SIGINT');
    } catch {
      // It is gone already.
    }
    this.note({ event: 'exited', reason: 'its supervisor died' });
  }
}
