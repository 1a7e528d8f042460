import { Controller, Get, Module, Param } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { DomainError } from '../errors/domain-error';
import { Access } from '../http/access.decorator';
import { configureApp } from '../http/app-factory';
import { createFastifyAdapter } from '../http/fastify-adapter';
import { upstreamDefaults } from '../resilience/upstream-options';
import { UpstreamPolicy } from '../resilience/upstream-policy';
import { measureCache, measureUpstream } from './instruments';
import { Metrics } from './metrics';
import { MetricsModule } from './metrics.module';

@Access('public')
@Controller('things')
class ThingsController {
  @Get(':id')
  get(@Param('id') id: string) {
    if (id === 'bad') throw new DomainError('conflict', 'things.conflict', 'No.');
    return id;
  }
}

async function createApp(): Promise<NestFastifyApplication> {
  const options = { trustProxyHops: 0, corsOrigins: [], docs: false, publicUrl: 'https://api.example' };
  const module = await Test.createTestingModule({
    imports: [MetricsModule],
    controllers: [ThingsController],
  }).compile();
  const app = module.createNestApplication<NestFastifyApplication>(createFastifyAdapter(options));
  app.useLogger(false);
  await configureApp(app, options);
  await app.init();
  return app;
}

describe('GET /metrics', () => {
  it('shows each route under its pattern with method and status, and no id', async () => {
    const app = await createApp();
    for (const url of ['/things/1', '/things/2', '/things/bad', '/secret-path']) await app.inject({ url });
    const answer = await app.inject({ url: '/metrics' });
    expect(answer.headers['content-type']).toContain('text/plain');
    const count = (labels: string) => `inbrief_http_request_duration_seconds_count{${labels}}`;
    expect(answer.body).toContain(`${count('method="GET",route="/things/:id",status="200"')} 2`);
    expect(answer.body).toContain(`${count('method="GET",route="/things/:id",status="409"')} 1`);
    expect(answer.body).toContain(`${count('method="GET",route="unmatched",status="404"')} 1`);
    expect(answer.body).not.toContain('secret-path');
    expect(answer.body).toContain('nodejs_eventloop_lag_seconds');
    await app.close();
  });
});

describe('MetricsModule', () => {
  // Mutant: an adapter taken for granted, with which the worker does not start.
  it('starts in a process without an HTTP server', async () => {
    @Module({ imports: [MetricsModule] })
    class WorkerOnlyModule {}
    const context = await NestFactory.createApplicationContext(WorkerOnlyModule, {
      logger: false,
      abortOnError: false,
    });
    expect((await context.get(Metrics).expose()).text).not.toContain('inbrief_http');
    await context.close();
  });
});

describe('Metrics', () => {
  const metrics = new Metrics();

  it('gives one metric for one name', async () => {
    metrics.counter('inbrief_test_total', 'Test.', ['kind']).inc({ kind: 'a' });
    metrics.counter('inbrief_test_total', 'Test.', ['kind']).inc({ kind: 'a' });
    expect((await metrics.expose()).text).toContain('inbrief_test_total{kind="a"} 2');
  });

  it('refuses a name of another kind or outside of the namespace', () => {
    metrics.counter('inbrief_kind_total', 'Test.');
    expect(() => metrics.gauge('inbrief_kind_total', 'Test.')).toThrow('another kind');
    expect(() => metrics.counter('jobs_total', 'Test.')).toThrow('inbrief_');
  });

  it('asks for a gauge at each scrape', async () => {
    let depth = 3;
    metrics.gauge('inbrief_test_depth', 'Test.', [], (gauge) => gauge.set(depth));
    expect((await metrics.expose()).text).toContain('inbrief_test_depth 3');
    depth = 4;
    expect((await metrics.expose()).text).toContain('inbrief_test_depth 4');
  });

  it('measures upstreams and caches', async () => {
    const onLookup = measureCache(metrics, 'token');
    measureCache(metrics, 'answer');
    for (const isHit of [true, false, true]) onLookup(isHit);
    const parse = () => new DomainError('unavailable', 'vendor.down', 'Down.');
    const breaker = { size: 2, threshold: 0.4, minimumCalls: 1, openMs: 60_000 };
    const policy = new UpstreamPolicy({
      ...upstreamDefaults,
      ...measureUpstream(metrics),
      upstream: 'vendor',
      attempts: 1,
      breaker,
      parse,
    });
    await policy.run('get', () => Promise.resolve(1));
    await policy.run('get', () => Promise.reject(new Error('down'))).catch(() => undefined);
    const { text } = await metrics.expose();
    expect(text).toContain('inbrief_cache_lookups_total{cache="token",outcome="hit"} 2');
    expect(text).toContain('inbrief_cache_lookups_total{cache="token",outcome="miss"} 1');
    expect(text).toContain('inbrief_cache_lookups_total{cache="answer",outcome="hit"} 0');
    expect(text).toMatch(/upstream_call_duration_seconds_count\{.*outcome="success"\} 1/);
    expect(text).toMatch(/upstream_call_duration_seconds_count\{.*outcome="vendor.down"\} 1/);
    expect(text).toContain('inbrief_upstream_breaker_state{upstream="vendor"} 2');
  });
});
