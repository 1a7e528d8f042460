import type { Run } from './generated/models.ts';
import { RunsResource } from './generated/resources.ts';
import { anyOf, pause } from './http/pause.ts';
import { InbriefProblem } from './problem.ts';

export interface WatchOptions {
  signal?: AbortSignal;
  /** Milliseconds between two questions where the server's events do not come. Default 1,000. */
  pollMs?: number;
}

export interface WaitOptions extends WatchOptions {
  /** Milliseconds until the wait is given up; the run goes on. Default 15 minutes. */
  timeoutMs?: number;
  /** Told of the run each time it has moved. */
  onProgress?: (run: Run) => void;
}

/** Progress moves mail by mail: this many milliseconds pass at least between two questions. */
const breathMs = 200;
/** With events a question in between is a safety net only. */
const netMs = 10_000;
const quarterHourMs = 15 * 60_000;

export class Runs extends RunsResource {
  /**
   * Resolves with the run once it is settled: its walk is over and no mail of it is queued or running.
   * @throws InbriefProblem `sdk.deadline`, or the signal's reason.
   */
  async wait(
    runId: string,
    { timeoutMs = quarterHourMs, onProgress, signal, ...rest }: WaitOptions = {},
  ): Promise<Run> {
    const deadline = new AbortController();
    const late = new InbriefProblem({
      code: 'sdk.deadline',
      detail: `The run is not settled after ${timeoutMs} ms.`,
    });
    const timer = setTimeout(() => deadline.abort(late), timeoutMs);
    try {
      const within = anyOf(signal, deadline.signal);
      for await (const run of this.watch(runId, { ...rest, ...(within && { signal: within }) })) {
        onProgress?.(run);
        if (run.settled) return run;
      }
      throw new InbriefProblem({
        code: 'sdk.unexpected-answer',
        detail: 'The run ended without being settled.',
      });
    } finally {
      clearTimeout(timer);
    }
  }

  /** The run as it stands now and again whenever it has moved; ends after it is settled. */
  async *watch(
    runId: string,
    { signal, pollMs = 1_000 }: WatchOptions = {},
  ): AsyncGenerator<Run, void, undefined> {
    const left = new AbortController();
    const over = anyOf(signal, left.signal);
    const bell = this.bell(over);
    let seen = '';
    try {
      for (;;) {
        const run = await this.get(runId, over ? { signal: over } : {});
        const now = JSON.stringify(run);
        if (now !== seen) yield run;
        if (run.settled) return;
        seen = now;
        await pause(breathMs, over);
        await bell.next(pollMs, over);
      }
    } finally {
      left.abort();
    }
  }

  /** Rings when the server's events say that something moved; silent where they do not come, and then polling does. */
  private bell(signal: AbortSignal | undefined): {
    next(pollMs: number, signal?: AbortSignal): Promise<void>;
  } {
    const state = { live: false, rung: false, wake: (): void => undefined };
    const ring = () => {
      state.rung = true;
      state.wake();
    };
    const listen = async () => {
      for await (const _event of this.http.events('/api/jobs/stream', {}, signal ? { signal } : {})) {
        state.live = true;
        ring();
      }
    };
    void listen()
      .catch(() => undefined)
      .finally(() => {
        state.live = false;
        state.wake();
      });
    return {
      next: async (pollMs, over) => {
        if (!state.rung) {
          const woken = new Promise<void>((resolve) => (state.wake = resolve));
          const patience = new AbortController();
          const waited = pause(state.live ? netMs : pollMs, anyOf(over, patience.signal));
          await Promise.race([woken, waited]).finally(() => patience.abort());
          waited.catch(() => undefined);
        }
        state.rung = false;
      },
    };
  }
}
