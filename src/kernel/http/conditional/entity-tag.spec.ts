import type { FastifyReply, FastifyRequest } from 'fastify';
import { assertUnchanged } from './edit-version';
import { versionOf } from './version';
import { digestOf, noteVersion, opaqueTags, tagAnswer } from './entity-tag';

interface Asked {
  method?: string;
  url?: string;
  status?: number;
  ifNoneMatch?: string;
  version?: string;
  headers?: Record<string, string>;
  payload?: unknown;
}

/** Sends one answer through the hook. */
function send({ method = 'GET', url = '/api/x', status = 200, ifNoneMatch, version, ...rest }: Asked) {
  const headers: Record<string, string> = { ...rest.headers };
  const reply = {
    statusCode: status,
    code: (code: number) => (reply.statusCode = code),
    hasHeader: (name: string) => name in headers,
    header: (name: string, value: string) => (headers[name] = value),
  };
  const request = { method, url, headers: { 'if-none-match': ifNoneMatch } };
  if (version !== undefined) noteVersion(reply as unknown as FastifyReply, version);
  const done = jest.fn();
  const payload = 'payload' in rest ? rest.payload : 'body';
  tagAnswer(request as unknown as FastifyRequest, reply as unknown as FastifyReply, payload, done);
  return { status: reply.statusCode, headers, payload: done.mock.calls[0]?.[1] as unknown };
}

const tag = `"${digestOf('body')}"`;

describe('an answer to a read', () => {
  it('is tagged by its bytes, and is its reader’s alone', () => {
    expect(send({}).headers).toEqual({ etag: tag, 'cache-control': 'private, no-cache' });
    expect(send({ payload: 'other' }).headers.etag).not.toBe(tag);
    expect(send({ version: 'v' }).headers.etag).toBe(`"v.${digestOf('body')}"`);
    expect(send({ headers: { 'cache-control': 'no-store' } }).headers['cache-control']).toBe('no-store');
  });

  it.each([tag, `W/${tag}`, `"x", ${tag}`, '*'])(
    'is 304 without a body for If-None-Match %s',
    (ifNoneMatch) => {
      expect(send({ ifNoneMatch })).toMatchObject({ status: 304, payload: '', headers: { etag: tag } });
      expect(send({ ifNoneMatch, method: 'HEAD' }).status).toBe(304);
    },
  );

  it.each(['"x"', '', 'nonsense'])('is whole for If-None-Match %s', (ifNoneMatch) => {
    expect(send({ ifNoneMatch })).toMatchObject({ status: 200, payload: 'body' });
  });
});

describe('any other answer', () => {
  it.each([
    ['a problem', { status: 404 }],
    ['a write', { method: 'POST' }],
    ['a stream', { payload: Buffer.from('x') }],
  ])('is not tagged, and kept by nobody: %s', (_what, asked) => {
    expect(send({ ...asked, ifNoneMatch: '*' }).headers).toEqual({ 'cache-control': 'no-store' });
  });

  it('is tagged after an edit that answers the new version', () => {
    const { headers, status } = send({ method: 'PATCH', version: 'v', ifNoneMatch: '*' });
    expect(status).toBe(200);
    expect(headers).toEqual({ etag: `"v.${digestOf('body')}"`, 'cache-control': 'no-store' });
  });

  it('outside of the API is left alone', () => {
    expect(send({ url: '/health/live', ifNoneMatch: '*' })).toEqual({
      status: 200,
      headers: {},
      payload: 'body',
    });
    expect(send({ url: '/docs', status: 404 }).headers).toEqual({});
  });
});

describe('the condition of an edit', () => {
  it('holds for the version it names, for any, and for none', () => {
    const version = versionOf(['a']);
    for (const condition of [undefined, [version], ['x', version]])
      expect(() => assertUnchanged(condition, ['a'])).not.toThrow();
    expect(() => assertUnchanged([version], ['b'])).toThrow(
      expect.objectContaining({ kind: 'precondition-failed', code: 'request.precondition-failed' }),
    );
    expect(() => assertUnchanged([], ['a'])).toThrow();
  });

  it('is read from a list of tags, weak ones too', () => {
    expect(opaqueTags('"a.b", W/"c"')).toEqual(['a.b', 'c']);
    expect(opaqueTags(' * ')).toBeUndefined();
  });
});
