import 'reflect-metadata';
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { EnvDto } from '../config/env.dto';
import { DomainError } from '../errors/domain-error';
import { currentTraceIds, currentTraceparent, inSpan } from './spans';
import { spanProcessorFor, startTracing } from './tracing';

const parent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;

describe('a trace', () => {
  let stop: () => Promise<void> = () => Promise.resolve();
  afterEach(() => stop());

  it('has an id that rows carry on, also where nothing is exported', async () => {
    stop = startTracing('worker', spanProcessorFor(new EnvDto()));
    const carried = await inSpan('work', { parent }, () => currentTraceparent());
    expect(carried).toMatch(new RegExp(`^00-${'a'.repeat(32)}-[0-9a-f]{16}-0[01]$`));
    const own = await inSpan('work', { parent: null }, () => currentTraceIds());
    expect(own?.traceId).toMatch(/^[0-9a-f]{32}$/);
  });

  it('is none where tracing was not started, and costs the work nothing', async () => {
    expect(await inSpan('work', {}, () => currentTraceparent())).toBeNull();
    expect(currentTraceIds()).toBeUndefined();
  });

  // Mutants: `recordException`; the message as the status.
  it('tells of a failure by its code and never by its words', async () => {
    const spans = new InMemorySpanExporter();
    stop = startTracing('api', new SimpleSpanProcessor(spans));
    const failures = [new DomainError('conflict', 'test.code', 'canary'), new TypeError('canary'), 'canary'];
    for (const failure of failures)
      await expect(inSpan('work', {}, () => Promise.reject(failure as Error))).rejects.toBe(failure);
    const told = spans.getFinishedSpans();
    expect(told.map(({ attributes }) => attributes['error.type'])).toEqual([
      'test.code',
      'TypeError',
      'unknown',
    ]);
    expect(
      JSON.stringify(told.map(({ attributes, events, status }) => [attributes, events, status])),
    ).not.toContain('canary');
  });

  // Mutant: a sampler that believes the caller's flag.
  it('is kept by its share, whatever the caller asks for', async () => {
    const spans = new InMemorySpanExporter();
    stop = startTracing('api', new SimpleSpanProcessor(spans), 0);
    await inSpan('work', { parent }, () => undefined);
    expect(spans.getFinishedSpans()).toEqual([]);
  });

  // Mutants: what throws at once thrown past the promise; a part of a kept trace left out.
  it('is one id throughout where it is not kept, and has a span for each part where it is', async () => {
    const [leftOut, kept] = [new InMemorySpanExporter(), new InMemorySpanExporter()];
    const parts = () =>
      inSpan('work', { parent: null }, async () => {
        const whole = currentTraceIds();
        const failure = inSpan('part', {}, () => {
          throw new Error('at once');
        });
        await expect(failure).rejects.toThrow('at once');
        return [whole, await inSpan('part', {}, () => currentTraceIds())];
      });
    stop = startTracing('worker', new SimpleSpanProcessor(leftOut), 0);
    const [whole, part] = await parts();
    expect(part).toEqual(whole);
    expect(leftOut.getFinishedSpans()).toEqual([]);
    await stop();
    stop = startTracing('worker', new SimpleSpanProcessor(kept), 1);
    await parts();
    expect(kept.getFinishedSpans().map(({ name }) => name)).toEqual(['part', 'part', 'work']);
  });

  it('goes to the collector, with its headers, when the process stops', async () => {
    const seen: string[] = [];
    const collector = createServer((request, response) => {
      seen.push(`${request.url ?? ''} ${String(request.headers['x-team'])}`);
      request.resume().on('end', () => response.end('{}'));
    }).listen(0, '127.0.0.1');
    await once(collector, 'listening');
    const port = (collector.address() as AddressInfo).port;
    // In a process of its own: the exporter imports dynamically, which Jest's sandbox cannot.
    await promisify(execFile)(process.execPath, ['-r', register, '-e', sendOne(port)]);
    expect(seen).toEqual(['/v1/traces a=b']);
    collector.close();
    collector.closeAllConnections();
  });

  // Mutant: a stop that waits for the last export, however long that takes.
  it('holds no stop up when its collector is out', async () => {
    const processor = {
      forceFlush,
      onStart,
      onEnd: onStart,
      shutdown: () => new Promise<void>(() => undefined),
    };
    stop = startTracing('api', processor);
    const begun = performance.now();
    await stop();
    expect(performance.now() - begun).toBeLessThan(4_000);
    stop = () => Promise.resolve();
  });
});

const register = join(__dirname, '..', '..', '..', 'test', 'support', 'swc-register.cjs');
const sendOne = (port: number): string => `
  require('reflect-metadata');
  const { spanProcessorFor, startTracing } = require('${join(__dirname, 'tracing')}');
  const { inSpan } = require('${join(__dirname, 'spans')}');
  const stop = startTracing('api', spanProcessorFor({
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:${port}/',
    OTEL_EXPORTER_OTLP_HEADERS: ['x-team=a=b'],
  }));
  inSpan('work', {}, () => undefined).then(stop).then(() => process.exit(0));`;
const forceFlush = (): Promise<void> => Promise.resolve();
const onStart = (): void => undefined;
