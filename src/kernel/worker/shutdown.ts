import { setTimeout as sleep } from 'node:timers/promises';

export interface Shutdown {
  /** Makes readiness fail, before anything closes. */
  drain: () => void;
  /** Milliseconds between not being ready and closing, for load balancers to notice. */
  noticeMs: number;
  close: () => Promise<void>;
  /** Milliseconds that closing may take: whatever is still open then ends with the process. */
  deadlineMs: number;
}

/** Stops the process on the first SIGTERM or SIGINT: not ready, then closed, then exit 0. Later signals change nothing. */
export function stopOnSignal({ drain, noticeMs, close, deadlineMs }: Shutdown): void {
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    drain();
    await sleep(noticeMs);
    await Promise.race([close(), sleep(deadlineMs)]);
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      stop().catch((error: unknown) => {
        process.stderr.write(`The stop failed: ${String(error)}\n`);
        process.exit(1);
      });
    });
  }
}
