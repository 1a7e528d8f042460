import { Injectable, Logger } from '@nestjs/common';
import { DiscoveryService, Reflector } from '@nestjs/core';
import { WORKER_TASK, type WorkerTask } from './worker-task';

/** Milliseconds that handing back may take. */
const handBackMs = 2_000;

/** Starts every worker task of the application, and stops them together. */
@Injectable()
export class WorkerRuntime {
  private readonly logger = new Logger(WorkerRuntime.name);
  private started: { name: string; task: WorkerTask }[] = [];

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly reflector: Reflector,
  ) {}

  async start(): Promise<void> {
    this.started = this.discovery
      .getProviders()
      .filter(
        ({ instance, metatype }) =>
          instance && metatype && this.reflector.get<boolean>(WORKER_TASK, metatype),
      )
      .map(({ instance, name }) => ({ name: String(name), task: instance as WorkerTask }));
    for (const { name, task } of this.started) {
      await task.start();
      this.logger.log(`${name} runs`);
    }
  }

  /**
   * Resolves when every task has stopped. What is not done by the deadline is handed back; where even that takes more than two
   * seconds, leases run out by themselves.
   */
  async stop(deadlineMs: number): Promise<void> {
    const stopped = Promise.allSettled(this.started.map(({ task }) => task.stop()));
    if (await isDoneWithin(deadlineMs, stopped)) return;
    this.logger.warn(`Work was still under way after ${deadlineMs} ms; it is handed back`);
    const handedBack = Promise.allSettled(this.started.map(async ({ task }) => task.handBack?.()));
    if (!(await isDoneWithin(handBackMs, handedBack)))
      this.logger.warn('Not all of it could be handed back; its leases will expire');
  }
}

async function isDoneWithin(ms: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const inTime = await Promise.race([work.then(() => true), late]);
  clearTimeout(timer);
  return inTime;
}
