import { applyDecorators, Injectable, SetMetadata } from '@nestjs/common';

export const WORKER_TASK = Symbol('worker.task');

/** Something that runs for as long as a worker lives: a relay, a queue's processor, a schedule. */
export interface WorkerTask {
  start(): void | Promise<void>;
  /** Takes no new work and resolves when what it had is finished or handed back. */
  stop(): Promise<void>;
  /** Gives back what is still under way when time is up, so that another worker takes it at once. */
  handBack?(): Promise<void>;
}

/** Makes a provider run in worker processes. The API holds it too, and leaves it idle. */
export function RunsInWorker(): (target: new (...args: never[]) => WorkerTask) => void {
  return (target) => {
    applyDecorators(Injectable(), SetMetadata(WORKER_TASK, true))(target);
  };
}
