/**
 * One scripted fault of an emulator.
 * `respond` answers instead of the vendor, `drop` closes the socket unanswered, `drop-after` does the work and then
 * loses the answer, `delay` only waits. `delayMs` may go with each of them.
 */
export interface Fault {
  action: 'respond' | 'drop' | 'drop-after' | 'delay';
  /** HTTP method; every one when absent. */
  method?: string;
  /** Source of a regular expression over the path; every path when absent. */
  path?: string;
  /** How many matching requests pass before the first fault. */
  skip?: number;
  /** How many requests are hit; 0 means until cleared. Default 1. */
  times?: number;
  /** Chance that a matching request is hit, 0 to 1. Default 1. */
  probability?: number;
  delayMs?: number;
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
}

interface Armed {
  fault: Fault;
  pattern: RegExp;
  skip: number;
  left: number;
}

/** The faults an emulator still has to play, in the order they were added. */
export class FaultScript {
  private armed: Armed[] = [];

  add(fault: Fault): void {
    const left = fault.times === 0 ? Number.POSITIVE_INFINITY : (fault.times ?? 1);
    this.armed.push({ fault, pattern: new RegExp(fault.path ?? ''), skip: fault.skip ?? 0, left });
  }

  list(): Fault[] {
    return this.armed.map((entry) => entry.fault);
  }

  clear(): void {
    this.armed = [];
  }

  /** The fault that this request meets, if any; counts it as played. */
  next(method: string, path: string): Fault | undefined {
    for (const entry of this.armed) {
      if (entry.fault.method && entry.fault.method !== method) continue;
      if (!entry.pattern.test(path)) continue;
      if (entry.skip > 0) {
        entry.skip -= 1;
        continue;
      }
      if (Math.random() >= (entry.fault.probability ?? 1)) continue;
      entry.left -= 1;
      if (entry.left <= 0) this.armed = this.armed.filter((other) => other !== entry);
      return entry.fault;
    }
    return undefined;
  }
}
