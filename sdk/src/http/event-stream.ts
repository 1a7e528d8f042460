import { InbriefProblem } from '../problem.ts';
import { EventParser, type ServerEvent } from './event-parser.ts';
import { pause } from './pause.ts';

export interface EventStreamOptions {
  signal?: AbortSignal | undefined;
  /** Milliseconds before the first reconnection, doubled while nothing comes, until the server names its own. Default 1,000. */
  reconnectMs?: number;
  /** Milliseconds of silence, comments included, after which a connection counts as dead. Default 60,000. */
  idleMs?: number;
}

const longestPauseMs = 30_000;

/**
 * The events of a stream, over as many connections as it takes: each one asks for what came after the last event seen. Ends
 * after an event `end`, when the server answers without a body (204), or when the caller stops; throws when the server refuses (a status under 500 that does not
 * pass by itself) or the signal is aborted.
 * @param open makes a connection; null where the server has nothing to say any more.
 */
export async function* eventStream(
  open: (lastEventId: string) => Promise<ReadableStream<Uint8Array> | null>,
  { signal, reconnectMs = 1_000, idleMs = 60_000 }: EventStreamOptions = {},
): AsyncGenerator<ServerEvent, void, undefined> {
  let lastEventId = '';
  let basePause = reconnectMs;
  for (let silent = 0; ; silent += 1) {
    try {
      const body = await open(lastEventId);
      if (!body) return;
      const parser = new EventParser();
      for await (const chunk of chunksOf(body, idleMs, signal)) {
        for (const event of parser.push(chunk)) {
          silent = 0;
          lastEventId = event.id || lastEventId;
          yield event;
          if (event.type === 'end') return;
        }
      }
      basePause = parser.retryMs ?? basePause;
    } catch (error) {
      if (signal?.aborted || isRefusal(error)) throw error;
    }
    await pause(Math.min(longestPauseMs, basePause * 2 ** silent), signal);
  }
}

/**
 * The chunks of a body until it ends, breaks, falls silent or is given up; leaving early closes the connection. The signal that made
 * the request is not relied on for that: what ties it to a body that is still being read may have been collected as garbage.
 */
async function* chunksOf(
  body: ReadableStream<Uint8Array>,
  idleMs: number,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  const close = () => void reader.cancel().catch(() => undefined);
  signal?.addEventListener('abort', close);
  try {
    for (;;) {
      const watch = new AbortController();
      const silence = pause(idleMs, watch.signal).then(() => ({ done: true, value: undefined }) as const);
      silence.catch(() => undefined);
      const { done, value } = await Promise.race([reader.read(), silence]).finally(() => watch.abort());
      signal?.throwIfAborted();
      if (done) return;
      yield value;
    }
  } finally {
    signal?.removeEventListener('abort', close);
    await reader.cancel().catch(() => undefined);
  }
}

function isRefusal(error: unknown): boolean {
  return InbriefProblem.is(error) && error.status >= 400 && error.status < 500 && error.status !== 429;
}
