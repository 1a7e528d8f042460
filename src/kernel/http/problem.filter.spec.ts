import {
  Controller,
  Get,
  type LoggerService,
  type MiddlewareConsumer,
  Module,
  type NestModule,
  Param,
  Res,
} from '@nestjs/common';
import { HttpException } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { FastifyReply } from 'fastify';
import { DomainError, type ErrorKind } from '../errors/domain-error';
import { Access } from './access.decorator';
import { configureApp } from './app-factory';
import { createFastifyAdapter } from './fastify-adapter';
import { statusOfKind } from './problem';

const secret = 'canary-3f9a';
let thrown: unknown;

@Access('public')
@Controller()
class ThrowingController {
  @Get('throw')
  throw() {
    throw thrown as Error;
  }

  @Get('begun')
  begun(@Res() reply: FastifyReply) {
    reply.raw.writeHead(200);
    reply.raw.write('half');
    throw new Error('too late');
  }

  @Get('behind-middleware/:id')
  never(@Param('id') id: string) {
    return id;
  }
}

@Module({ controllers: [ThrowingController] })
class ThrowingModule implements NestModule {
  configure(consumer: MiddlewareConsumer) {
    const middleware = () => {
      throw new DomainError('forbidden', 'test.middleware', 'Not here.');
    };
    consumer.apply(middleware).forRoutes('behind-middleware/*path');
  }
}

describe('ProblemFilter', () => {
  let app: NestFastifyApplication;
  const logged: string[] = [];
  const record = (...parts: unknown[]) =>
    void logged.push(
      parts
        .map((part) => (part instanceof Object && 'err' in part ? String((part.err as Error).stack) : ''))
        .join(),
    );
  const logger: LoggerService = { log: () => undefined, error: record, warn: record };
  const answerTo = (error: unknown) => {
    thrown = error;
    logged.length = 0;
    return app.inject({ url: '/throw' });
  };

  beforeAll(async () => {
    const options = { trustProxyHops: 0, corsOrigins: [], docs: false, publicUrl: 'https://api.example' };
    const module = await Test.createTestingModule({ imports: [ThrowingModule] }).compile();
    app = module.createNestApplication<NestFastifyApplication>(createFastifyAdapter(options));
    app.useLogger(logger);
    await configureApp(app, options);
    await app.init();
  });
  afterAll(() => app.close());

  it.each(Object.entries(statusOfKind) as [ErrorKind, number][])(
    'answers %s with %i',
    async (kind, status) => {
      const answer = await answerTo(new DomainError(kind, 'test.some-code', 'Some detail.'));
      expect(answer.statusCode).toBe(status);
      expect(answer.headers['content-type']).toBe('application/problem+json');
      expect(answer.json()).toMatchObject({
        type: 'urn:inbrief:problem:test.some-code',
        status,
        code: 'test.some-code',
        requestId: answer.headers['x-request-id'],
      });
      expect(answer.json().title.length).toBeGreaterThan(3);
    },
  );

  it('says when to come back, in whole seconds', async () => {
    const answer = await answerTo(
      new DomainError('unavailable', 'test.busy', 'Busy.', { retryAfterMs: 1_200 }),
    );
    expect(answer.headers['retry-after']).toBe('2');
  });

  it('tells a caller without credentials which kind to bring', async () => {
    const answer = await answerTo(new DomainError('unauthenticated', 'auth.unauthenticated', 'No.'));
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });

  it('passes the faults on', async () => {
    const faults = [{ path: '/email', message: 'is bad' }];
    const answer = await answerTo(new DomainError('invalid', 'request.invalid', 'Bad.', { faults }));
    expect(answer.json().faults).toEqual(faults);
  });

  // Mutant: `detail: error.message` for every error.
  it.each([
    ['an unknown error', new Error(secret), 'internal.unexpected'],
    [
      'an internal DomainError',
      new DomainError('internal', 'crypto.cannot-decrypt', secret),
      'crypto.cannot-decrypt',
    ],
  ])('logs %s with its stack and leaks nothing of it', async (_name, error, code) => {
    const answer = await answerTo(error);
    expect(answer.json()).toMatchObject({ status: 500, code });
    expect(answer.body).not.toContain(secret);
    expect(logged.join()).toContain('problem.filter.spec');
  });

  it('answers a thrown value that is no error', async () => {
    expect((await answerTo('just text')).json().code).toBe('internal.unexpected');
  });

  it.each([
    [400, 'request.invalid'],
    [401, 'auth.unauthenticated'],
    [405, 'request.method-not-allowed'],
    [413, 'request.too-large'],
    [418, 'request.invalid'],
    [429, 'request.rate-limited'],
    [502, 'internal.unexpected'],
    [503, 'internal.unavailable'],
  ])('gives a framework error %i the code %s and none of its text', async (status, code) => {
    const answer = await answerTo(new HttpException(secret, status));
    expect(answer.json().code).toBe(code);
    expect(answer.statusCode).toBe(status === 502 ? 500 : status);
    expect(answer.body).not.toContain(secret);
  });

  it('answers an error thrown by a middleware too', async () => {
    const answer = await app.inject({ url: '/behind-middleware/1' });
    expect(answer.statusCode).toBe(403);
    expect(answer.json().code).toBe('test.middleware');
  });

  it('cuts an answer that had begun instead of appending an error to it', async () => {
    await expect(app.inject({ url: '/begun' })).rejects.toThrow();
  });
});
