import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
}

/** Answers a request, or writes the answer itself (a stream, a cut connection). */
type Answer = (request: Received, response: ServerResponse) => Reply | undefined | Promise<Reply | undefined>;

/** A real HTTP server whose answers the test decides one by one; it remembers what it was asked. */
export class TinyServer {
  readonly received: Received[] = [];
  answer: Answer = () => ({});
  url = '';

  private readonly server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const { method = '', url = '', headers } = incoming;
      const request = { method, path: url, headers, body: Buffer.concat(chunks).toString() };
      this.received.push(request);
      void Promise.resolve(this.answer(request, response)).then((reply) => reply && send(response, reply));
    });
  });

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this;
  }

  /** Forgets what it was asked, and answers like this from now on. */
  script(answer: Answer): void {
    this.received.length = 0;
    this.answer = answer;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** A problem+json answer. */
export function problem(status: number, code: string, headers: Record<string, string> = {}): Reply {
  const body = {
    type: `urn:inbrief:problem:${code}`,
    title: 'Title',
    status,
    detail: 'Why.',
    code,
    requestId: 'r-1',
  };
  return { status, headers: { 'content-type': 'application/problem+json', ...headers }, body };
}

function send(response: ServerResponse, { status = 200, headers = {}, body }: Reply): void {
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
}
