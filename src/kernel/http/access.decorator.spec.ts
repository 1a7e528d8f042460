import { Controller, Get, Post } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { Access } from './access.decorator';
import { CurrentUser, type Principal } from './principal';
import { assertEveryRouteStatesItsAccess } from './assert-access';
import { createOpenApiDocument } from './openapi/openapi-document';

@Controller('stated')
class StatedController {
  @Access('public')
  @Get()
  open() {
    return 'open';
  }

  @Access('admin')
  @Post()
  closed() {
    return 'closed';
  }

  helper() {
    return 'no route';
  }
}

@Access('user')
@Controller('whole')
class WholeController {
  @Get()
  whoAmI(@CurrentUser() user: Principal) {
    return user;
  }
}

@Controller('silent')
class SilentController {
  @Get()
  forgotten() {
    return 'forgotten';
  }
}

async function createApp(controllers: (new () => object)[]): Promise<NestFastifyApplication> {
  const module = await Test.createTestingModule({ controllers }).compile();
  const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  app.useLogger(false);
  return app;
}

describe('@Access', () => {
  // Mutant: a missing level read as public.
  it('lets no application start whose route states no level, and names the route', async () => {
    const app = await createApp([StatedController, SilentController]);
    expect(() => assertEveryRouteStatesItsAccess(app)).toThrow('no @Access: SilentController.forgotten');
  });

  it('is content with a level on the method or on the class', async () => {
    const app = await createApp([StatedController, WholeController]);
    expect(() => assertEveryRouteStatesItsAccess(app)).not.toThrow();
  });

  it('documents the credentials and the problems of a route', async () => {
    const app = await createApp([StatedController]);
    await app.init();
    const { paths } = createOpenApiDocument(app, 'https://api.example');
    const { get, post } = paths['/stated']!;
    expect(get?.security).toEqual([]);
    expect(Object.keys(get?.responses ?? {})).toContain('429');
    expect(post?.security).toEqual([{ adminToken: [] }]);
    expect(post?.responses['401']).toMatchObject({
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    });
    await app.close();
  });

  it('gives a handler nobody when the guard let nobody in', async () => {
    const app = await createApp([WholeController]);
    await app.init();
    expect((await app.inject({ url: '/whole' })).statusCode).not.toBe(200);
    const principal: Principal = { userId: 'u1', sessionId: 's1', role: 'user' };
    const known = await createApp([WholeController]);
    known
      .getHttpAdapter()
      .getInstance()
      .addHook('preHandler', (request: object, _reply: object, done: () => void) => {
        Object.assign(request, { user: principal });
        done();
      });
    await known.init();
    expect((await known.inject({ url: '/whole' })).json()).toEqual(principal);
    await Promise.all([app.close(), known.close()]);
  });
});
