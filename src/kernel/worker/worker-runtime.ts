import { Injectable, Logger } from '@nestjs/common';
import { DiscoveryService, Reflector } from '@nestjs/core';
import { WORKER_TASK, type WorkerTask } from './worker-task';

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

  /** Resolves when every task has stopped, or after `deadlineMs`: leases of what is left run out by themselves. */
  async stop(deadlineMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        this.logger.warn(`Work was still under way after ${deadlineMs} ms; its leases will expire`);
        resolve();
      }, deadlineMs);
    });
    await Promise.race([Promise.allSettled(this.started.map(({ task }) => task.stop())), deadline]);
    clearTimeout(timer);
  }
}
