import { AsyncLocalStorage } from 'node:async_hooks';
import type { Origin } from '../cqrs/origin';
import { currentRequest } from '../http/request-context';
import { currentTraceparent, inSpan } from './spans';

/** What a worker is at; it stands in every log line that is written meanwhile. */
export interface WorkContext {
  readonly jobId?: string;
  /** The event that is being delivered. */
  readonly messageId?: string;
  readonly userId?: string;
  /** The call that all this follows from, where there was one. */
  readonly requestId?: string;
}

const contexts = new AsyncLocalStorage<WorkContext>();

/** The work that is going on, or undefined outside of any. */
export function currentWork(): WorkContext | undefined {
  return contexts.getStore();
}

/** The call that is being served, or that the work going on follows from; a row keeps it for whoever goes on with it. */
export function currentRequestId(): string | null {
  return currentRequest()?.requestId ?? currentWork()?.requestId ?? null;
}

/** Where what is written now comes from. */
export const currentOrigin = (): Origin => ({
  traceparent: currentTraceparent(),
  requestId: currentRequestId(),
});

/** Runs `work` as a job of that name, in the trace that the job's row carries; its log lines say whose and which it is. */
export function runAsWork<T>(
  name: string,
  { id, userId, traceparent, requestId }: Origin & { id: string; userId: string },
  work: () => Promise<T>,
): Promise<T> {
  const attributes = { 'inbrief.job_id': id, 'inbrief.user_id': userId };
  return contexts.run({ jobId: id, userId, ...(requestId && { requestId }) }, () =>
    inSpan(name, { kind: 'consumer', parent: traceparent, attributes }, work),
  );
}

/** Runs `work` as the delivery of an event. */
export function runAsDelivery<T>(
  messageId: string,
  requestId: string | null,
  work: () => Promise<T>,
): Promise<T> {
  return contexts.run({ messageId, ...(requestId && { requestId }) }, work);
}
