import { setTimeout as sleep } from 'node:timers/promises';
import type { Running } from '../world';

/** Milliseconds in which a worker that was held still has done what its timers were due for. */
const settleMs = 500;

/** Workers of one database, of which some run at a time: variants take turns although a warm worker takes minutes to make. */
export class Crew {
  constructor(readonly all: readonly Running[]) {}

  /** Lets these run, and holds the others still as a debugger holds a process: their connections stay, they ask for nothing. */
  async letRun(workers: readonly Running[]): Promise<void> {
    await sleep(settleMs);
    for (const worker of this.all)
      worker.child.process.kill(workers.includes(worker) ? 'SIGCONT' : 'SIGSTOP');
    await sleep(settleMs);
  }
}
