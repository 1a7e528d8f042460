import { getEventListeners, once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { upstreamFetch } from './upstream-fetch';

let server: Server;
let origin: string;
let answer: RequestListener;
/** The client's port of each request: two of the same came over one connection. */
let ports: (number | undefined)[];

beforeAll(async () => {
  server = createServer((request, response) => {
    ports.push(request.socket.remotePort);
    answer(request, response);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  ports = [];
  answer = (_request, response) => response.end('ok');
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** The server's next answer tells the request that it got. */
function echo(): void {
  answer = (request, response) => {
    const { method, url, headers } = request;
    void text(request).then((body) => response.end(JSON.stringify({ method, url, headers, body })));
  };
}

async function thrownBy(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('a request', () => {
  beforeEach(echo);
  const form = 'application/x-www-form-urlencoded';
  const bytes = new TextEncoder().encode('-bytes-');

  it.each<[kind: string, body: RequestInit['body'], sent: string, type: string | undefined]>([
    ['nothing', undefined, '', undefined],
    ['null', null, '', undefined],
    ['text', 'Grüße', 'Grüße', 'text/plain;charset=UTF-8'],
    ['parameters', new URLSearchParams({ a: 'ü' }), 'a=%C3%BC', `${form};charset=UTF-8`],
    ['a buffer', Buffer.from('bytes'), 'bytes', undefined],
    ['a view', bytes.subarray(1, 6), 'bytes', undefined],
    ['an ArrayBuffer', bytes.buffer, '-bytes-', undefined],
  ])('takes %s for its body', async (_kind, body, sent, type) => {
    const response = await upstreamFetch(origin, { method: 'post', body });
    const { headers, ...seen } = (await response.json()) as { headers: Record<string, string> };
    expect(seen).toEqual({ method: 'POST', url: '/', body: sent });
    expect(headers['content-type']).toBe(type);
    expect(headers['content-length']).toBe(String(Buffer.byteLength(sent)));
  });

  it.each<[kind: string, headers: RequestInit['headers']]>([
    ['a Headers', new Headers({ 'Content-Type': 'text/html', 'X-Own': '1' })],
    ['a record', { 'Content-Type': 'text/html', 'X-Own': '1' }],
    [
      'pairs',
      [
        ['Content-Type', 'text/html'],
        ['X-Own', '1'],
      ],
    ],
  ])('takes its headers from %s, before any of its own', async (_kind, headers) => {
    const init = { method: 'PUT', headers, body: '' };
    const seen: unknown = await (await upstreamFetch(new URL('/a?b=c', origin), init)).json();
    const sent = { 'content-type': 'text/html', 'x-own': '1', 'accept-encoding': 'gzip, deflate, br' };
    expect(seen).toMatchObject({ url: '/a?b=c', headers: sent });
  });

  it.each<[kind: string, input: string | Request, init: RequestInit]>([
    ['FormData', 'http://127.0.0.1', { method: 'POST', body: new FormData() }],
    ['Blob', 'http://127.0.0.1', { method: 'POST', body: new Blob(['x']) }],
    ['ReadableStream', 'http://127.0.0.1', { method: 'POST', body: new ReadableStream() }],
    ['Request', new Request('http://127.0.0.1'), {}],
    ['ftp:', 'ftp://127.0.0.1', {}],
  ])('refuses %s by its name', async (kind, input, init) => {
    const refusal = await thrownBy(upstreamFetch(input, init));
    expect(refusal).toBeInstanceOf(TypeError);
    expect(refusal).toMatchObject({ message: expect.stringMatching(`upstreamFetch .* ${kind}`) as string });
  });

  it('goes over TLS where its address says so', async () => {
    const error = await thrownBy(upstreamFetch(origin.replace('http:', 'https:')));
    expect(error).toMatchObject({
      cause: { message: expect.stringContaining('wrong version number') as string },
    });
  });
});

describe('an answer', () => {
  it('is a Response, redirects too, with every header of one name', async () => {
    answer = (_request, response) =>
      response
        .writeHead(302, 'Over There', [
          ['set-cookie', 'a=1'],
          ['set-cookie', 'b=2'],
          ['location', '/else'],
        ] as never)
        .end('moved');
    const response = await upstreamFetch(`${origin}/here#part`);
    expect(response).toBeInstanceOf(Response);
    expect(response).toMatchObject({ status: 302, statusText: 'Over There', ok: false });
    expect(response.url).toBe(`${origin}/here#part`);
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(await response.text()).toBe('moved');
    expect(ports).toHaveLength(1);
  });

  it.each([
    ['gzip', gzipSync('plain'), 'plain'],
    ['deflate', deflateSync('plain'), 'plain'],
    ['BR', brotliCompressSync('plain'), 'plain'],
    ['gzip, br', brotliCompressSync(gzipSync('plain')), 'plain'],
    ['odd', Buffer.from('as it came'), 'as it came'],
    ['gzip, odd', Buffer.from('as it came'), 'as it came'],
    ['gzip', Buffer.alloc(0), ''],
  ])('coded as %s is given plain', async (coding, body, plain) => {
    answer = (_request, response) => response.setHeader('content-encoding', coding).end(body);
    const response = await upstreamFetch(origin);
    expect(await response.text()).toBe(plain);
    expect(response.headers.get('content-encoding')).toBe(coding);
  });

  it.each([
    ['GET', 204],
    ['GET', 304],
    ['HEAD', 200],
  ])('to %s with %i has no body', async (method, status) => {
    answer = (_request, response) => response.writeHead(status, { 'content-encoding': 'gzip' }).end();
    const response = await upstreamFetch(origin, { method });
    expect(response).toMatchObject({ status, body: null });
  });

  it('of 5 MB comes whole', async () => {
    const body = Buffer.alloc(5 * 1024 * 1024, 'abc');
    answer = (_request, response) => response.end(body);
    const received = Buffer.from(await (await upstreamFetch(origin)).arrayBuffer());
    expect(received.equals(body)).toBe(true);
  });

  it.each<[fault: string, answer: RequestListener, cause: object]>([
    ['never comes', ({ socket }) => socket.destroy(), { code: 'ECONNRESET' }],
    ['is no HTTP', ({ socket }) => socket.end('odd'), { code: 'HPE_INVALID_CONSTANT' }],
    [
      'breaks off',
      ({ socket }, response) => response.write('{"half', () => socket.destroy()),
      { code: 'ECONNRESET' },
    ],
    [
      'cannot be decoded',
      (_request, response) => response.setHeader('content-encoding', 'gzip').end('odd'),
      { code: 'Z_DATA_ERROR' },
    ],
  ])('that %s fails as that of fetch does', async (_fault, given, cause) => {
    answer = given;
    const error = await thrownBy(upstreamFetch(origin, { method: 'POST' }));
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({ message: 'fetch failed', cause });
  });

  it('of a server that is not there fails as that of fetch does', async () => {
    const gone = createServer();
    await once(gone.listen(0, '127.0.0.1'), 'listening');
    const { port } = gone.address() as AddressInfo;
    await once(gone.close(), 'close');
    const error = await thrownBy(upstreamFetch(`http://127.0.0.1:${port}`));
    expect(error).toMatchObject({ message: 'fetch failed', cause: { code: 'ECONNREFUSED' } });
  });
});

describe('a connection', () => {
  it('is used again', async () => {
    for (const method of ['GET', 'POST', 'GET']) await (await upstreamFetch(origin, { method })).text();
    expect(ports).toHaveLength(3);
    expect(new Set(ports).size).toBe(1);
  });

  /** A connection that the server closes as soon as it is used again. */
  async function staleConnection(): Promise<void> {
    await upstreamFetch(origin);
    const [stale] = ports;
    answer = ({ socket }, response) => {
      if (socket.remotePort === stale) socket.destroy();
      else response.end('on another');
    };
    ports = [];
  }

  // Mutant: nothing is sent again; each idle connection that a vendor closes costs a call.
  it.each(['GET', 'HEAD'])('that was closed as it was used again costs no %s', async (method) => {
    await staleConnection();
    expect((await upstreamFetch(origin, { method })).status).toBe(200);
    expect(ports).toHaveLength(2);
  });

  // Mutant: a POST is sent again; a vendor that had begun it does, and charges, it twice.
  it('that was closed as it was used again fails a POST', async () => {
    await staleConnection();
    const error = await thrownBy(upstreamFetch(origin, { method: 'POST', body: 'x' }));
    expect(error).toMatchObject({ message: 'fetch failed', cause: { code: 'ECONNRESET' } });
    expect(ports).toHaveLength(1);
  });

  // Mutants: sent again whatever became of the first, so that a server that always closes is asked for ever; sent again
  // where the answer had begun.
  it.each<[when: string, answer: RequestListener, asked: number]>([
    ['closed twice', ({ socket }) => socket.destroy(), 2],
    [
      'reset amid an answer',
      ({ socket }, response) => response.write('half', () => setTimeout(() => socket.resetAndDestroy(), 20)),
      1,
    ],
  ])('that is %s fails a GET', async (_when, given, asked) => {
    await upstreamFetch(origin);
    ports = [];
    answer = given;
    const error = await thrownBy(upstreamFetch(origin));
    expect(error).toMatchObject({ message: 'fetch failed', cause: { code: 'ECONNRESET' } });
    expect(ports).toHaveLength(asked);
  });
});

describe('a signal', () => {
  const reason = new Error('enough');

  it('that is aborted already lets nothing be sent', async () => {
    expect(await thrownBy(upstreamFetch(origin, { signal: AbortSignal.abort(reason) }))).toBe(reason);
    expect(ports).toEqual([]);
  });

  // Mutant: the end of an aborted call taken for a stale connection, and the call sent again.
  it.each<[when: string, begin: RequestListener]>([
    ['before the answer', () => undefined],
    ['amid the answer', (_request, response) => response.write('half')],
  ])('aborted %s ends the call, its connection and its own part in it', async (_when, begin) => {
    await upstreamFetch(origin);
    const controller = new AbortController();
    const isClosed = new Promise((resolve) => {
      answer = (request, response) => {
        request.socket.on('close', resolve);
        begin(request, response);
        setTimeout(() => controller.abort(reason), 20);
      };
    });
    expect(await thrownBy(upstreamFetch(origin, { signal: controller.signal }))).toBe(reason);
    await isClosed;
    expect(ports).toHaveLength(2);
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  });

  // Mutant: the listener stays; a signal of a long run gathers one for each of its calls.
  it.each<[outcome: string, answer: RequestListener]>([
    ['answered', (_request, response) => response.end('ok')],
    ['broken', ({ socket }) => socket.destroy()],
  ])('is let go of by a call that was %s', async (_outcome, given) => {
    answer = given;
    const { signal } = new AbortController();
    await thrownBy(upstreamFetch(origin, { signal, method: 'POST' }));
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
