import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { Body, Controller, Get, Post, type RawBodyRequest, Req } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { FastifyRequest } from 'fastify';
import { Access } from './access.decorator';
import { configureApp } from './app-factory';
import { createFastifyAdapter } from './fastify-adapter';
import type { HttpOptions } from './http-options';
import { RawBodyRoute } from './raw-body.decorator';
import { currentRequest } from './request-context';

const options: HttpOptions = {
  trustProxyHops: 1,
  corsOrigins: ['https://app.example'],
  docs: true,
  publicUrl: 'https://api.example',
  bodyLimit: 1_000,
  rawBodyLimit: 2_000,
};

@Access('public')
@Controller('api/edge')
class EdgeController {
  @Get('context')
  context() {
    return currentRequest();
  }

  @Post('echo')
  async echo(@Body() body: unknown, @Req() request: RawBodyRequest<FastifyRequest>) {
    await new Promise((resolve) => setImmediate(resolve));
    return { body: body ?? null, kept: request.rawBody?.toString(), requestId: currentRequest()?.requestId };
  }

  @RawBodyRoute()
  @Post('webhook')
  webhook(@Req() request: RawBodyRequest<FastifyRequest>) {
    return { kept: request.rawBody?.toString() };
  }
}

describe('the HTTP edge', () => {
  let app: NestFastifyApplication;
  const json = { 'content-type': 'application/json' };
  const post = (url: string, payload: string, headers: Record<string, string> = json) =>
    app.inject({ method: 'POST', url, payload, headers });

  beforeAll(async () => {
    const module = await Test.createTestingModule({ controllers: [EdgeController] }).compile();
    app = module.createNestApplication<NestFastifyApplication>(createFastifyAdapter(options));
    app.useLogger(false);
    await configureApp(app, options);
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
  });
  afterAll(() => app.close());

  it('echoes a sane request id and replaces any other', async () => {
    const sane = await app.inject({ url: '/api/edge/context', headers: { 'x-request-id': 'order_12345' } });
    expect(sane.headers['x-request-id']).toBe('order_12345');
    const forged = await app.inject({ url: '/api/edge/context', headers: { 'x-request-id': 'short' } });
    expect(forged.headers['x-request-id']).toMatch(/^[\da-f]{8}-[\da-f]{4}-7/);
  });

  // Mutant: an AsyncLocalStorage entered in a hook whose store the body parser's events do not carry.
  it('keeps the request context behind a parsed body', async () => {
    const answer = await post('/api/edge/echo', '{"a":1}', { ...json, 'x-request-id': 'body-1234' });
    expect(answer.json()).toEqual({ body: { a: 1 }, requestId: 'body-1234' });
  });

  // Mutant: `trustProxy: true` believes the first entry, which a client writes itself.
  it('takes the address from the trusted hop, not from what a client put before it', async () => {
    const headers = { 'x-forwarded-for': '6.6.6.6, 203.0.113.9', 'user-agent': 'spec' };
    const answer = await app.inject({ url: '/api/edge/context', headers });
    expect(answer.json()).toMatchObject({ ip: '203.0.113.9', userAgent: 'spec' });
  });

  it('passes a well-formed traceparent on and drops any other', async () => {
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    const good = await app.inject({ url: '/api/edge/context', headers: { traceparent } });
    expect(good.json().traceparent).toBe(traceparent);
    const bad = await app.inject({ url: '/api/edge/context', headers: { traceparent: 'nonsense' } });
    expect(bad.json().traceparent).toBeUndefined();
  });

  it('keeps the raw body on webhook routes only', async () => {
    expect((await post('/api/edge/webhook', '{"a": 1}')).json()).toEqual({ kept: '{"a": 1}' });
    expect((await post('/api/edge/echo', '{"a": 1}')).json().kept).toBeUndefined();
  });

  it('allows a webhook the larger body and every other route the smaller one', async () => {
    const body = (bytes: number) => JSON.stringify({ pad: 'x'.repeat(bytes) });
    expect((await post('/api/edge/webhook', body(1_500))).statusCode).toBe(201);
    for (const answer of [
      await post('/api/edge/echo', body(1_500)),
      await post('/api/edge/webhook', body(2_500)),
    ]) {
      expect(answer.statusCode).toBe(413);
      expect(answer.json().code).toBe('request.too-large');
    }
  });

  it('reads an empty body as none, refuses broken JSON without quoting it, and other media types', async () => {
    expect((await post('/api/edge/echo', '')).json().body).toBeNull();
    const broken = await post('/api/edge/echo', '{"password": "hunter2');
    expect(broken.json()).toMatchObject({ status: 400, code: 'request.invalid-json' });
    expect(broken.body).not.toContain('hunter2');
    const form = await post('/api/edge/echo', 'a=1', { 'content-type': 'application/x-www-form-urlencoded' });
    expect(form.json().code).toBe('request.unsupported-media-type');
    expect((await post('/api/edge/echo', 'text', { 'content-type': 'text/plain' })).statusCode).toBe(415);
    // Mutant: forms let through to every route.
    const formType = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await post('/api/edge/echo', 'a=b', formType)).statusCode).toBe(415);
  });

  it('refuses a body that would write to a prototype', async () => {
    expect((await post('/api/edge/echo', '{"__proto__": {"role": "admin"}}')).statusCode).toBe(400);
  });

  it.each([
    ['/api/no-such-canary', 404, 'request.no-such-route'],
    ['/api/%canary', 400, 'request.invalid'],
  ])('does not echo the path %s', async (url, status, code) => {
    const answer = await app.inject({ url });
    expect(answer.json()).toMatchObject({ status, code, requestId: answer.headers['x-request-id'] });
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.body).not.toContain('canary');
  });

  it.each([
    ['is no HTTP', 'canary\r\n\r\n', 400, 'request.invalid'],
    [
      'has endless headers',
      `GET / HTTP/1.1\r\nx: ${'canary'.repeat(5_000)}\r\n\r\n`,
      431,
      'request.headers-too-large',
    ],
  ])('answers what %s with a problem as well', async (_name, bytes, status, code) => {
    if (!app.getHttpServer().listening) await app.listen(0, '127.0.0.1');
    const socket = connect(Number(new URL(await app.getUrl()).port), '127.0.0.1');
    socket.write(bytes);
    const answer = await text(socket);
    expect(answer).toContain(`HTTP/1.1 ${status} `);
    expect(JSON.parse(answer.slice(answer.indexOf('{')))).toMatchObject({ status, code });
    expect(answer).not.toContain('canary');
  });

  it('answers CORS to an allowed origin only, request id included', async () => {
    const preflight = (origin: string) =>
      app.inject({
        method: 'OPTIONS',
        url: '/api/edge/echo',
        headers: { origin, 'access-control-request-method': 'POST' },
      });
    const allowed = await preflight('https://app.example');
    expect(allowed.headers['access-control-allow-origin']).toBe('https://app.example');
    expect(allowed.headers['x-request-id']).toBeDefined();
    expect((await preflight('https://evil.example')).headers['access-control-allow-origin']).toBeUndefined();
  });

  it('sends the protective headers', async () => {
    const { headers } = await app.inject({ url: '/api/edge/context' });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
    expect(headers['strict-transport-security']).toBeDefined();
    expect(headers['x-powered-by']).toBeUndefined();
  });

  it('serves the OpenAPI document and a docs page from its own files', async () => {
    const document = (await app.inject({ url: '/openapi.json' })).json();
    expect(document).toMatchObject({ openapi: '3.1.0', servers: [{ url: 'https://api.example' }] });
    expect(document.paths['/api/edge/echo'].post.operationId).toBe('edge.echo');
    const page = await app.inject({ url: '/docs' });
    expect(page.statusCode).toBe(200);
    expect(page.body).not.toMatch(/src="https?:/);
    expect((await app.inject({ url: '/docs/swagger-ui-bundle.js' })).statusCode).toBe(200);
  });

  it('serves no docs when they are off', async () => {
    const module = await Test.createTestingModule({ controllers: [EdgeController] }).compile();
    const closed = module.createNestApplication<NestFastifyApplication>(createFastifyAdapter(options));
    closed.useLogger(false);
    await configureApp(closed, { ...options, docs: false });
    await closed.init();
    expect((await closed.inject({ url: '/docs' })).statusCode).toBe(404);
    expect((await closed.inject({ url: '/openapi.json' })).statusCode).toBe(404);
    await closed.close();
  });

  // Mutant: waiting for the first request of a connection that a browser opened ahead of need: the close takes a minute.
  it('does not wait for connections that have sent nothing', async () => {
    const module = await Test.createTestingModule({ controllers: [EdgeController] }).compile();
    const closing = module.createNestApplication<NestFastifyApplication>(createFastifyAdapter(options));
    closing.useLogger(false);
    await closing.listen(0, '127.0.0.1');
    const { port } = closing.getHttpServer().address() as AddressInfo;
    const silent = connect(port, '127.0.0.1');
    await once(silent, 'connect');
    const ended = once(silent, 'close');
    await closing.close();
    await ended;
  }, 10_000);
});
