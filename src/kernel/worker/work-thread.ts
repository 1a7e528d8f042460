import { type ResourceLimits, Worker } from 'node:worker_threads';

export interface WorkThreadOptions {
  /** Path of the thread's program, which answers each message with one. */
  program: string;
  /** Milliseconds that one piece of work may take, the thread's start included, its wait for a turn not. */
  limitMs: number;
  /** Milliseconds without work after which the thread ends. */
  idleMs: number;
  /** Where it needs more the thread dies, and nothing beside it. */
  memory: ResourceLimits;
}

interface Work<Input, Output> {
  input: Input;
  resolve: (output: Output) => void;
  reject: (error: Error) => void;
}

/** What makes a program of TypeScript run, where specs and tools start from the source. */
const fromSource = ['--require', 'tsx/cjs'];

/**
 * A thread that does one piece of work at a time, in the order in which it was asked. The first one starts it, and it ends when there
 * was none for a while: a process that has no such work pays nothing. Everyone who asks is answered, whatever becomes of it.
 */
export class WorkThread<Input, Output> {
  private readonly waiting: Work<Input, Output>[] = [];
  private current: Work<Input, Output> | undefined;
  private thread: Worker | undefined;
  private timer: NodeJS.Timeout | undefined;
  private isClosed = false;

  constructor(private readonly options: WorkThreadOptions) {}

  /** @throws Error where the thread died over it, it took longer than its limit, or the thread was closed. */
  run(input: Input): Promise<Output> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ input, resolve, reject });
      if (this.isClosed) this.rejectWaiting();
      else this.next();
    });
  }

  /** Ends the thread at once. What is not done by then is rejected, and so is all that comes later. */
  async close(): Promise<void> {
    this.isClosed = true;
    this.rejectWaiting();
    await this.end('was closed');
  }

  private next(): void {
    if (this.current) return;
    this.current = this.waiting.shift();
    if (!this.current) return;
    this.endAfter(this.options.limitMs, `took longer than ${this.options.limitMs} ms`);
    this.thread ??= this.start();
    this.thread.ref();
    this.thread.postMessage(this.current.input);
  }

  private start(): Worker {
    const { program, memory: resourceLimits } = this.options;
    const execArgv = program.endsWith('.ts') ? fromSource : undefined;
    const thread = new Worker(program, { resourceLimits, execArgv });
    const isOurs = (): boolean => this.thread === thread;
    thread.on('message', (output: Output) => isOurs() && this.done(output));
    thread.on('error', (error) => isOurs() && void this.end(`died: ${error.message}`));
    thread.on('exit', (code) => isOurs() && void this.end(`ended with ${code}`));
    return thread;
  }

  private done(output: Output): void {
    this.current?.resolve(output);
    this.current = undefined;
    this.thread?.unref();
    this.endAfter(this.options.idleMs, 'was idle');
    this.next();
  }

  private endAfter(ms: number, why: string): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.end(why), ms).unref();
  }

  private async end(why: string): Promise<void> {
    clearTimeout(this.timer);
    const { thread, current } = this;
    this.thread = undefined;
    this.current = undefined;
    current?.reject(new Error(`The thread ${why}`));
    const ended = thread?.terminate();
    this.next();
    await ended;
  }

  private rejectWaiting(): void {
    for (const { reject } of this.waiting.splice(0)) reject(new Error('The thread was closed'));
  }
}
