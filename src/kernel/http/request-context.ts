import { AsyncLocalStorage } from 'node:async_hooks';

/** What is known of the call that is being served; logs, audit rows and traces read it. */
export interface RequestContext {
  readonly requestId: string;
  /** Address of the caller, proxies that are trusted taken off. */
  readonly ip?: string;
  readonly userAgent?: string;
  /** W3C trace context, as it came in. */
  readonly traceparent?: string;
  userId?: string;
  role?: 'user' | 'admin' | 'service';
}

const contexts = new AsyncLocalStorage<RequestContext>();

/** The call being served, or undefined outside of one. */
export function currentRequest(): RequestContext | undefined {
  return contexts.getStore();
}

/** Runs `work` as part of the given call; a worker gives the request id that its job was made under. */
export function runInRequest<T>(context: RequestContext, work: () => T): T {
  return contexts.run(context, work);
}

/** Notes who the call turned out to be; the access guard calls it once it knows. */
export function identifyRequest(caller: { userId?: string; role: 'user' | 'admin' | 'service' }): void {
  const context = contexts.getStore();
  if (!context) return;
  context.role = caller.role;
  if (caller.userId) context.userId = caller.userId;
}
