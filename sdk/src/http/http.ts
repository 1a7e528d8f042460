import createClient, { type Client } from 'openapi-fetch';
import type { operations, paths } from '../generated/schema.ts';
import { type Page, Pages } from '../pages.ts';
import type { ServerEvent } from './event-parser.ts';
import { eventStream } from './event-stream.ts';
import { anyOf } from './pause.ts';

/** What every call takes besides its input. */
export interface CallOptions {
  signal?: AbortSignal;
  /** Names the attempt where a call makes something: the same key makes it once. The SDK takes a new one by default. */
  idempotencyKey?: string;
  headers?: Record<string, string>;
}

/** A call as the generated resources state it. */
export interface Call {
  path?: Record<string, string>;
  query?: object | undefined;
  body?: object | undefined;
  as?: 'text';
  /** Needs nobody to be signed in. */
  open?: true;
  /** The server knows the call by its Idempotency-Key. */
  keyed?: true;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type Operation = keyof operations;
type Success<R> = { [S in keyof R]: S extends 200 | 201 | 202 | 204 ? R[S] : never }[keyof R];
type Content<R> = R extends { content: infer C } ? C[keyof C] : never;
// eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- what a promise without a value resolves with
type Nothing = void;
/** What an operation answers with; nothing where its answer has no body. */
export type Answer<O extends Operation> = [Content<Success<operations[O]['responses']>>] extends [never]
  ? Nothing
  : Content<Success<operations[O]['responses']>>;
/** The query parameters of an operation. */
export type Query<O extends Operation> = NonNullable<operations[O]['parameters']['query']>;
/** The JSON body of an operation. */
export type Body<O extends Operation> = operations[O] extends { requestBody?: infer B }
  ? Content<NonNullable<B>>
  : never;
/** One item of a list that comes in pages. */
export type Item<O extends Operation> = Answer<O> extends { data: (infer T)[] } ? T : never;

/** The same client, for a path that is known to the generated code alone: the types stand there. */
interface Untyped {
  request(method: string, path: string, init: object): Promise<{ data?: unknown }>;
}

/** Two clients of one API: with the caller's token, and without. */
export class Http {
  readonly client: Client<paths>;
  private readonly signed: Untyped;
  private readonly open: Untyped;

  constructor(
    baseUrl: string,
    fetch: (request: Request) => Promise<Response>,
    openFetch: (request: Request) => Promise<Response>,
  ) {
    this.client = createClient<paths>({ baseUrl, fetch });
    this.signed = this.client as Untyped;
    this.open = createClient<paths>({ baseUrl, fetch: openFetch }) as Untyped;
  }

  async call<O extends Operation>(
    method: Method,
    path: string,
    { path: params, query, body, as, open, keyed }: Call,
    options: CallOptions = {},
  ): Promise<Answer<O>> {
    const key = options.idempotencyKey ?? (keyed ? newKey() : undefined);
    const { data } = await (open ? this.open : this.signed).request(method, path, {
      params: { path: params, query },
      body,
      headers: { ...options.headers, ...(key !== undefined && { 'Idempotency-Key': key }) },
      parseAs: as ?? 'json',
      ...(options.signal && { signal: options.signal }),
    });
    return data as Answer<O>;
  }

  pages<O extends Operation>(path: string, call: Call, options?: CallOptions): Pages<Item<O>> {
    return new Pages((cursor) => {
      const query = cursor === undefined ? call.query : { ...call.query, cursor };
      return this.call<O>('GET', path, { ...call, query }, options) as Promise<unknown> as Promise<
        Page<Item<O>>
      >;
    });
  }

  /** Events from now on, or from behind the one that the caller saw last (`headers: { 'Last-Event-ID': … }`). */
  async *events(
    path: string,
    { path: params, query }: Call,
    options: CallOptions = {},
  ): AsyncGenerator<ServerEvent, void, undefined> {
    // Leaving the loop must close a connection that is being made or waits for its next byte.
    const left = new AbortController();
    const signal = anyOf(options.signal, left.signal);
    const connect = async (lastEventId: string) => {
      const seen = lastEventId === '' ? {} : { 'Last-Event-ID': lastEventId };
      const headers = { Accept: 'text/event-stream', ...options.headers, ...seen };
      const init = { params: { path: params, query }, headers, parseAs: 'stream', signal };
      const { data } = await this.signed.request('GET', path, init);
      return (data ?? null) as ReadableStream<Uint8Array> | null;
    };
    try {
      yield* eventStream(connect, { signal });
    } finally {
      left.abort();
    }
  }
}

/** What the generated resources stand on. */
export abstract class Resource {
  constructor(protected readonly http: Http) {}
}

/** A new idempotency key. Browsers have `randomUUID` on secure origins only. */
function newKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
