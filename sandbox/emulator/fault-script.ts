const actions = ['respond', 'drop', 'drop-after', 'delay'] as const;

/**
 * One scripted fault of an emulator.
 * `respond` answers instead of the vendor, `drop` closes the socket with no work done, `drop-after` does the work and
 * then loses the answer, `delay` only waits. `delayMs` may go with each of them.
 */
export interface Fault {
  action: (typeof actions)[number];
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
  /** Makes `probability` play the same hits in each run. */
  seed?: number;
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
  chance: () => number;
}

/** The faults an emulator still has to play, in the order they were added. */
export class FaultScript {
  private armed: Armed[] = [];

  /** Arms one fault. Throws a `TypeError` for an unknown action or a pattern that is no regular expression. */
  add(fault: Fault): void {
    if (!actions.includes(fault.action)) throw new TypeError(`unknown action: ${fault.action}`);
    const left = fault.times === 0 ? Number.POSITIVE_INFINITY : (fault.times ?? 1);
    const chance = fault.seed === undefined ? Math.random : seededChance(fault.seed);
    this.armed.push({ fault, pattern: compile(fault.path ?? ''), skip: fault.skip ?? 0, left, chance });
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
      if (entry.chance() >= (entry.fault.probability ?? 1)) continue;
      entry.left -= 1;
      if (entry.left <= 0) this.armed = this.armed.filter((other) => other !== entry);
      return entry.fault;
    }
    return undefined;
  }
}

function compile(source: string): RegExp {
  try {
    return new RegExp(source);
  } catch (error) {
    throw new TypeError(`path is no regular expression: ${source}`, { cause: error });
  }
}

/** Mulberry32: small, and the same sequence on every machine. */
function seededChance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
