import { AsyncLocalStorage } from 'node:async_hooks';
import { inSpan } from './spans';

/** What a worker is at; it stands in every log line that is written meanwhile. */
export interface WorkContext {
  readonly jobId: string;
  readonly userId: string;
}

const contexts = new AsyncLocalStorage<WorkContext>();

/** The work that is going on, or undefined outside of any. */
export function currentWork(): WorkContext | undefined {
  return contexts.getStore();
}

/** Runs `work` as a job of that name, in the trace that the job's row carries; its log lines say whose and which it is. */
export function runAsWork<T>(
  name: string,
  { id, userId, traceparent }: { id: string; userId: string; traceparent: string | null },
  work: () => Promise<T>,
): Promise<T> {
  const attributes = { 'inbrief.job_id': id, 'inbrief.user_id': userId };
  return contexts.run({ jobId: id, userId }, () =>
    inSpan(name, { kind: 'consumer', parent: traceparent, attributes }, work),
  );
}
