import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { TinyServer } from '../../../test/support/tiny-server';
import type { InbriefProblem, ServerEvent } from '../index';
import { EventParser } from './event-parser';
import { eventStream } from './event-stream';
import { Http } from './http';
import { defaultRetryPolicy } from './retry';
import { transport } from './transport';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const bytes = (text: string) => new TextEncoder().encode(text);

describe('the parser of text/event-stream', () => {
  const parse = (...chunks: (string | Uint8Array)[]): ServerEvent[] => {
    const parser = new EventParser();
    return chunks.flatMap((chunk) => parser.push(typeof chunk === 'string' ? bytes(chunk) : chunk));
  };

  it('reads type, id and lines of data, and forgets the type but not the id', () => {
    expect(parse('event: run\nid: 7\ndata: a\ndata:b\n\ndata: c\n\n')).toEqual([
      { type: 'run', id: '7', data: 'a\nb' },
      { type: 'message', id: '7', data: 'c' },
    ]);
  });

  it('takes no notice of comments, fields it does not know, and events without data', () => {
    expect(parse(': beat\n\nevent: run\n\nfoo: bar\ndata\n\n')).toEqual([
      { type: 'message', id: '', data: '' },
    ]);
  });

  // Mutant: splitting each chunk by itself.
  it('reads the same, wherever the chunks are cut and whichever line ends are used', () => {
    const text = 'id: 1\nevent: a\ndata: grüße\ndata: 二\n\nretry: 50\ndata: x\n\n';
    for (const end of ['\n', '\r\n', '\r']) {
      const whole = bytes(text.replaceAll('\n', end) + (end === '\r' ? ':' : ''));
      const expected = parse(whole);
      expect(expected).toHaveLength(2);
      expect(expected[0]).toEqual({ type: 'a', id: '1', data: 'grüße\n二' });
      for (let cut = 1; cut < whole.length; cut += 1)
        expect(parse(whole.slice(0, cut), whole.slice(cut))).toEqual(expected);
    }
  });

  it('learns how long to wait before a reconnection', () => {
    const parser = new EventParser();
    parser.push(bytes('retry: soon\nretry: 1500\n'));
    expect(parser.retryMs).toBe(1_500);
  });
});

describe('a stream of events', () => {
  const server = new TinyServer();
  beforeAll(() => server.start());
  afterAll(() => server.stop());
  const http = () => new Http(server.url, fetch, fetch);
  /** As the SDK makes it: with a token, and errors for refusals. */
  const strict = () => {
    const credentials = { accessToken: () => Promise.resolve('ibk_1') };
    const sent = transport({ fetch, credentials, retry: defaultRetryPolicy, timeoutMs: 5_000 });
    return new Http(server.url, sent, sent);
  };
  const head = { 'content-type': 'text/event-stream' };

  // Mutant: reconnecting without Last-Event-ID: what happened in between is lost.
  it('goes on after a broken connection with what came after the last event seen', async () => {
    server.script(({ headers }, response) => {
      const from = Number(headers['last-event-id'] ?? 0);
      response.writeHead(200, head).write(`retry: 1\nid: ${from + 1}\ndata: ${from + 1}\n\n`);
      response.write(`data: half of an event that ne`, () => response.destroy());
      return undefined;
    });
    const seen: string[] = [];
    for await (const { data } of http().events('/events', {})) {
      seen.push(data);
      if (seen.length === 3) break;
    }
    expect(seen).toEqual(['1', '2', '3']);
    expect(server.received.map(({ headers }) => headers['last-event-id'])).toEqual([undefined, '1', '2']);
    expect(server.received[0]?.headers.accept).toBe('text/event-stream');
  });

  it('carries the token of the caller, which EventSource could not', async () => {
    server.script((_, response) => void response.writeHead(200, head).write('data: 1\n\n'));
    for await (const _ of strict().events('/events', {})) break;
    expect(server.received[0]?.headers.authorization).toBe('Bearer ibk_1');
  });

  // Mutant: no cancel on leaving: every progress page left behind keeps a connection.
  it('closes its connection when the caller leaves the loop', async () => {
    const closed = new Promise<void>((resolve) =>
      server.script((_, response) => {
        response.on('close', resolve).writeHead(200, head).write('data: 1\n\n');
        return undefined;
      }),
    );
    for await (const _ of http().events('/events', {})) break;
    await closed;
  });

  it('ends when the signal is aborted, with its reason', async () => {
    server.script((_, response) => void response.writeHead(200, head).write('data: 1\n\n'));
    const controller = new AbortController();
    const reason = new Error('Enough');
    const listening = async () => {
      for await (const _ of http().events('/events', {}, { signal: controller.signal }))
        controller.abort(reason);
    };
    await expect(listening()).rejects.toBe(reason);
  });

  // Mutant: a body that only the request's own signal ends.
  it('closes its connection when the signal is aborted long after, whatever was collected meanwhile', async () => {
    const closed = new Promise<void>((resolve) =>
      server.script((_, response) => {
        response.on('close', resolve).writeHead(200, head).write('data: 1\n\n');
        return undefined;
      }),
    );
    const controller = new AbortController();
    const events = http().events('/events', {}, { signal: controller.signal });
    await events.next();
    const next = events.next();
    for (let round = 0; round < 5; round += 1) {
      collectGarbage();
      await sleep(20);
    }
    const reason = new Error('Enough');
    controller.abort(reason);
    await expect(next).rejects.toBe(reason);
    await closed;
  }, 20_000);

  // Mutant: coming back after `end`: two tabs of one session would take the stream from each other for ever.
  it('ends after an event that says so, and does not come back', async () => {
    server.script((_, response) => {
      response.writeHead(200, head).end('retry: 1\ndata: 1\n\nevent: end\ndata: {}\n\n');
      return undefined;
    });
    const seen: string[] = [];
    for await (const { type } of http().events('/events', {})) seen.push(type);
    expect(seen).toEqual(['message', 'end']);
    expect(server.received).toHaveLength(1);
  });

  it('ends when the server has nothing to say any more', async () => {
    server.script(() => ({ status: 204 }));
    const seen: ServerEvent[] = [];
    for await (const event of strict().events('/events', {})) seen.push(event);
    expect(seen).toEqual([]);
  });

  it('fails when the server refuses it', async () => {
    server.script(() => ({ status: 403, body: { code: 'auth.forbidden', detail: 'No.' } }));
    const next = strict().events('/events', {}).next();
    await expect(next).rejects.toMatchObject({ code: 'auth.forbidden' } satisfies Partial<InbriefProblem>);
  });

  it('counts a connection that fell silent as dead', async () => {
    let opened = 0;
    const open = () => {
      opened += 1;
      const text = `data: ${opened}\n\n`;
      return Promise.resolve(new ReadableStream({ start: (stream) => stream.enqueue(bytes(text)) }));
    };
    const seen: string[] = [];
    for await (const { data } of eventStream(open, { idleMs: 20, reconnectMs: 1 })) {
      seen.push(data);
      if (seen.length === 2) break;
    }
    expect(seen).toEqual(['1', '2']);
  });
});
