import { Writable } from 'node:stream';
import { Body, Controller, Get, Logger, Post } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { Logger as PinoNestLogger, LoggerModule } from 'nestjs-pino';
import { DomainError } from '../errors/domain-error';
import { Access } from '../http/access.decorator';
import { configureApp } from '../http/app-factory';
import { createFastifyAdapter } from '../http/fastify-adapter';
import { identifyRequest } from '../http/request-context';
import { createLoggerParams } from './logger-options';
import { redact } from './redaction';
import { startTracing } from './tracing';
import { runAsWork } from './work-context';

const canary = 'canary7f3a';

/** As an HTTP client throws it: with the request, headers and all, hung on the error. */
class ClientError extends Error {
  readonly config = { headers: { Authorization: `Bearer ${canary}` }, data: canary };
  readonly response = { data: { refresh_token: canary } };
}

let enter: () => void;
let leave: () => void;
const entered = new Promise<void>((resolve) => (enter = resolve));
const left = new Promise<void>((resolve) => (leave = resolve));

@Access('public')
@Controller()
class LoggingController {
  private readonly logger = new Logger('spec');

  @Post('login')
  login(@Body() body: Record<string, unknown>) {
    identifyRequest({ userId: 'u-1', role: 'user' });
    this.logger.log({ body, attempt: { password: canary, 'api-key': canary, inputTokens: 7 } }, 'signed in');
    this.logger.log(
      { mails: [{ id: 'm-1', subject: canary, text: canary, headers: [{ From: canary }] }] },
      'fetched',
    );
    return 'in';
  }

  @Get('fail')
  fail() {
    const cause = new ClientError(
      `refused with sk_live_${canary}, postgres://app:${canary}@db/x and ada.${canary}@example.com`,
    );
    throw new DomainError('unavailable', 'test.upstream', 'Down.', { cause });
  }

  @Get('slow')
  async slow() {
    enter();
    await left;
    return 'late';
  }

  @Get('crash')
  crash() {
    throw new ClientError(`Bearer ${canary} at https://x.example/callback?code=${canary}&state=${canary}`);
  }
}

describe('the log', () => {
  let app: NestFastifyApplication;
  let written = '';
  const lines = () =>
    written
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  beforeAll(async () => {
    const destination = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        written += chunk.toString();
        done();
      },
    });
    const options = { trustProxyHops: 0, corsOrigins: [], docs: false, publicUrl: 'https://api.example' };
    const module = await Test.createTestingModule({
      imports: [LoggerModule.forRoot(createLoggerParams({ level: 'trace', service: 'api', destination }))],
      controllers: [LoggingController],
    }).compile();
    app = module.createNestApplication<NestFastifyApplication>(createFastifyAdapter(options));
    app.useLogger(app.get(PinoNestLogger));
    await configureApp(app, options);
    await app.init();
  });
  beforeEach(() => (written = ''));
  afterAll(() => app.close());

  // Mutant: any one rule of redaction.ts taken out.
  it('holds no secret and no mail, wherever they were planted', async () => {
    const headers = {
      authorization: `Bearer ${canary}`,
      cookie: `session=${canary}`,
      'x-api-key': canary,
      'stripe-signature': canary,
      'idempotency-key': canary,
    };
    const payload = { email: `${canary}@example.com`, password: canary, note: canary };
    await app.inject({ method: 'POST', url: `/login?code=${canary}`, headers, payload });
    await app.inject({ url: `/fail?token=${canary}`, headers });
    await app.inject({ url: `/crash?token=${canary}`, headers });
    await app.inject({ url: `/no-route?q=${canary}`, headers });
    expect(lines().length).toBeGreaterThanOrEqual(7);
    expect(written).not.toContain(canary);
  });

  it('keeps what is needed to find a fault', async () => {
    await app.inject({ url: '/crash', headers: { 'x-request-id': 'trace-me-1' } });
    const [crash, completed] = lines();
    expect(crash).toMatchObject({ level: 'error', service: 'api', requestId: 'trace-me-1', context: 'http' });
    expect(crash?.err).toMatchObject({
      type: 'Error',
      stack: expect.stringContaining('logger-options.spec'),
    });
    expect(completed).toMatchObject({
      requestId: 'trace-me-1',
      method: 'GET',
      path: '/crash',
      status: 500,
    });
    expect(completed?.level).toBe('error');
  });

  it('says whose request it was, also on its last line', async () => {
    const headers = { 'x-request-id': 'whose-req-1' };
    await app.inject({ method: 'POST', url: '/login', headers, payload: { a: 1 } });
    const completed = lines().at(-1);
    expect(completed).toMatchObject({ requestId: 'whose-req-1', userId: 'u-1', msg: 'request completed' });
    expect(lines()[0]).toMatchObject({
      requestId: 'whose-req-1',
      userId: 'u-1',
      attempt: { inputTokens: 7 },
    });
  });

  // Mutant: the status of an answer that was never sent, 200 by default.
  it('tells of a caller who went away before the answer', async () => {
    await app.listen(0, '127.0.0.1');
    written = '';
    const caller = new AbortController();
    const headers = { 'x-request-id': 'went-away-1' };
    const call = fetch(`${await app.getUrl()}/slow`, { signal: caller.signal, headers });
    await entered;
    caller.abort();
    await expect(call).rejects.toThrow();
    while (written === '') await new Promise((resolve) => setTimeout(resolve, 10));
    leave();
    const completed = lines().find(({ requestId }) => requestId === 'went-away-1');
    expect(completed).toMatchObject({ path: '/slow', aborted: true });
    expect(completed).not.toHaveProperty('status');
  });

  it('says which job, whose, and of which trace a line of a worker is', async () => {
    const stopTracing = startTracing('worker', undefined);
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    const job = { id: 'j-1', userId: 'u-1', traceparent, requestId: 'req-of-ada' };
    await runAsWork('summarise mail', job, () => {
      app.get(PinoNestLogger).log('working');
      return Promise.resolve();
    });
    await stopTracing();
    expect(lines()[0]).toMatchObject({
      jobId: 'j-1',
      userId: 'u-1',
      requestId: 'req-of-ada',
      traceId: 'a'.repeat(32),
      msg: 'working',
    });
  });

  it('names no field twice in one line', async () => {
    await app.inject({ method: 'POST', url: '/login', payload: { a: 1 } });
    for (const line of written.trim().split('\n')) expect(line.match(/"requestId":/g)).toHaveLength(1);
  });

  it('is quiet about probes and scrapes', async () => {
    await app.inject({ url: '/health/live' });
    await app.inject({ url: '/metrics' });
    expect(written).toBe('');
  });
});

describe('redact', () => {
  it('follows causes, leaves plain facts, and stops at depth and bytes', () => {
    const error = new DomainError('internal', 'a.b', 'outer', { cause: new Error('inner') });
    expect(redact({ error })).toMatchObject({
      error: { code: 'a.b', kind: 'internal', cause: { message: 'inner' } },
    });
    expect(redact({ jobId: 'j-1', tries: 3, at: new Date(0), none: null })).toEqual({
      jobId: 'j-1',
      tries: 3,
      at: new Date(0),
      none: null,
    });
    expect(redact({ a: { b: { c: { d: { e: { f: { g: 1 } } } } } } })).toEqual({
      a: { b: { c: { d: { e: { f: '[redacted]' } } } } },
    });
    expect(redact({ bytes: Buffer.from(canary) })).toEqual({ bytes: '[redacted]' });
  });
});
