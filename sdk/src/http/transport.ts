import { InbriefProblem, problemFrom } from '../problem.ts';
import { anyOf, pause } from './pause.ts';
import { isPassing, isRepeatable, pauseBefore, type RetryPolicy } from './retry.ts';

/** Who calls: an API key that never changes, or a session whose access token is renewed. */
export interface Credentials {
  /** The token to send. @param refused one that the server has just refused. */
  accessToken(refused?: string): Promise<string | undefined>;
}

export interface TransportOptions {
  fetch: (request: Request) => Promise<Response>;
  credentials: Credentials;
  retry: RetryPolicy;
  /** Milliseconds until the head of an answer must have come; each try has its own. */
  timeoutMs: number;
}

/**
 * Sends a request and answers with a success, or throws an `InbriefProblem`. Puts the caller's token on it, renews the token
 * once when the server refuses it, and repeats what may be repeated.
 */
export function transport(options: TransportOptions): (request: Request) => Promise<Response> {
  return async (request) => {
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await authorized(request, options);
      if (outcome instanceof Response) return outcome;
      const mayRepeat =
        isRepeatable(request.method, request.headers) &&
        (outcome.status === 0 || isPassing(outcome.status, outcome.retryAfterMs));
      const ms = mayRepeat ? pauseBefore(attempt, outcome.retryAfterMs, options.retry) : null;
      if (ms === null) throw outcome;
      await pause(ms, request.signal);
    }
  };
}

/** One try, and another one with a fresh token when the first one's was refused: nothing had been done then. */
async function authorized(request: Request, options: TransportOptions): Promise<Response | InbriefProblem> {
  // A caller may bring a token of its own.
  if (request.headers.has('authorization')) return send(request, options);
  try {
    const token = await options.credentials.accessToken();
    const outcome = await send(withToken(request, token), options);
    if (token === undefined || outcome instanceof Response || outcome.status !== 401) return outcome;
    const renewed = await options.credentials.accessToken(token);
    if (renewed === undefined || renewed === token) return outcome;
    return await send(withToken(request, renewed), options);
  } catch (error) {
    // The token could not be renewed, for a reason that may pass.
    if (InbriefProblem.is(error)) return error;
    throw error;
  }
}

function withToken(request: Request, token: string | undefined): Request {
  const copy = request.clone();
  if (token !== undefined) copy.headers.set('authorization', `Bearer ${token}`);
  return copy;
}

async function send(
  request: Request,
  { fetch, timeoutMs }: TransportOptions,
): Promise<Response | InbriefProblem> {
  const timer = new AbortController();
  const timeout = setTimeout(() => timer.abort(), timeoutMs);
  try {
    const signal = anyOf(request.signal, timer.signal);
    const response = await fetch(new Request(request.clone(), { signal }));
    return response.ok ? response : await problemFrom(response);
  } catch (error) {
    if (request.signal.aborted) throw error;
    return timer.signal.aborted
      ? new InbriefProblem(
          { code: 'sdk.timeout', detail: `No answer within ${timeoutMs} ms.` },
          { cause: error },
        )
      : new InbriefProblem(
          { code: 'sdk.unreachable', detail: 'The server cannot be reached.' },
          { cause: error },
        );
  } finally {
    clearTimeout(timeout);
  }
}
