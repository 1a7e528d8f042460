import { Controller, Get, type INestApplication, Post } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { ThrottlerStorage } from '@nestjs/throttler';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../access.decorator';
import type { Principal } from '../principal';
import { configureApp } from '../app-factory';
import { createFastifyAdapter } from '../fastify-adapter';
import { RateLimitAs } from './rate-limit.decorator';
import { RateLimitGuard } from './rate-limit.guard';
import { RateLimitModule } from './rate-limit.module';

@Access('public')
@Controller()
class LimitedController {
  @Get('read')
  read() {
    return 'read';
  }

  @Post('write')
  write() {
    return 'written';
  }

  @RateLimitAs('auth')
  @Post('login')
  login() {
    return 'in';
  }

  @RateLimitAs('auth')
  @Post('reset')
  reset() {
    return 'sent';
  }
}

describe('RateLimitGuard', () => {
  let app: NestFastifyApplication;
  const from = (address: string) => ({ 'x-forwarded-for': address });
  const call = (method: 'GET' | 'POST', url: string, headers: Record<string, string> = from('203.0.113.1')) =>
    app.inject({ method, url, headers });

  beforeEach(async () => {
    const limits = {
      auth: { limit: 2, windowMs: 60_000 },
      write: { limit: 3, windowMs: 60_000 },
      read: { limit: 4, windowMs: 300 },
    };
    const module = await Test.createTestingModule({
      imports: [RateLimitModule.forRootAsync({ useFactory: () => ({ limits }) })],
      controllers: [LimitedController],
      providers: [{ provide: APP_GUARD, useClass: RateLimitGuard }],
    }).compile();
    const options = { trustProxyHops: 1, corsOrigins: [], docs: false, publicUrl: 'https://api.example' };
    app = module.createNestApplication<NestFastifyApplication>(createFastifyAdapter(options));
    app.getHttpAdapter().getInstance().addHook('preHandler', signIn);
    app.useLogger(false);
    await configureApp(app, options);
    await app.init();
  });
  afterEach(() => app.close());

  it('tells what is left, then refuses with the time to wait', async () => {
    const first = await call('POST', '/login');
    expect(first.headers['ratelimit-policy']).toBe('"auth";q=2;w=60');
    expect(first.headers.ratelimit).toBe('"auth";r=1;t=60');
    await call('POST', '/login');
    const refused = await call('POST', '/login');
    expect(refused.json()).toMatchObject({ status: 429, code: 'request.rate-limited' });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.headers.ratelimit).toMatch(/^"auth";r=0;t=\d+$/);
  });

  // Mutant: the throttler's own key, which gives every route a budget of its own.
  it('counts all routes of a class together, and each class apart', async () => {
    await call('POST', '/login');
    await call('POST', '/reset');
    expect((await call('POST', '/login')).statusCode).toBe(429);
    expect((await call('POST', '/write')).statusCode).toBe(201);
    expect((await call('GET', '/read')).headers['ratelimit-policy']).toBe('"read";q=4;w=1');
  });

  // Mutant: a tracker of `req.ips[0]`.
  it('is not lifted by rotating the entries of X-Forwarded-For that a client writes', async () => {
    const statuses: number[] = [];
    for (const fake of ['1.1.1.1', '2.2.2.2', '3.3.3.3'])
      statuses.push((await call('POST', '/login', from(`${fake}, 203.0.113.1`))).statusCode);
    expect(statuses).toEqual([201, 201, 429]);
  });

  it('counts one IPv6 network as one caller', async () => {
    const statuses: number[] = [];
    for (const host of ['1', '2', '3'])
      statuses.push((await call('POST', '/login', from(`2001:db8:1:2::${host}`))).statusCode);
    expect(statuses).toEqual([201, 201, 429]);
  });

  it('counts a user by id wherever the calls come from, and apart from strangers at the same address', async () => {
    const as = (user: string, address: string) =>
      call('POST', '/login', { ...from(address), 'x-test-user': user });
    await as('ada', '203.0.113.1');
    await as('ada', '203.0.113.2');
    expect((await as('ada', '203.0.113.3')).statusCode).toBe(429);
    expect((await as('bob', '203.0.113.1')).statusCode).toBe(201);
    expect((await call('POST', '/login')).statusCode).toBe(201);
  });

  it('lets a caller in again when the window has room', async () => {
    for (let hit = 0; hit < 4; hit++) expect((await call('GET', '/read')).statusCode).toBe(200);
    expect((await call('GET', '/read')).statusCode).toBe(429);
    await new Promise((resolve) => setTimeout(resolve, 320));
    expect((await call('GET', '/read')).statusCode).toBe(200);
  });

  it('fails closed for credentials and open for the rest when hits cannot be counted', async () => {
    breakStorage(app);
    const login = await call('POST', '/login');
    expect(login.json()).toMatchObject({ status: 503, code: 'request.limiter-unavailable' });
    expect(login.headers['retry-after']).toBe('5');
    expect((await call('POST', '/write')).statusCode).toBe(201);
  });
});

/** Stands in for the access guard: the user is whom the test names. */
function signIn(
  request: FastifyRequest & { user?: Principal },
  _reply: FastifyReply,
  done: () => void,
): void {
  const name = request.headers['x-test-user'];
  if (typeof name === 'string') request.user = { userId: name, sessionId: 's', role: 'user' };
  done();
}

function breakStorage(app: INestApplication): void {
  const storage = app.get<ThrottlerStorage>(ThrottlerStorage);
  storage.increment = () => Promise.reject(new Error('connection refused'));
}
