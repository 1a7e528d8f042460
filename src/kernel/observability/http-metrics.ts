import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type AbstractHttpAdapter, HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { Metrics } from './metrics';

/** Rate, errors and duration of each route, under its pattern; what matched none counts as `unmatched`. Streams have none. */
@Injectable()
export class HttpMetrics implements OnModuleInit {
  constructor(
    private readonly metrics: Metrics,
    private readonly adapterHost: HttpAdapterHost,
  ) {}

  onModuleInit(): void {
    // A process without an HTTP server of Nest's has no adapter, whatever the type says.
    const adapter = this.adapterHost.httpAdapter as AbstractHttpAdapter | null;
    if (adapter?.getType() !== 'fastify') return;
    const durations = this.metrics.histogram(
      'inbrief_http_request_duration_seconds',
      'Requests by route and status.',
      ['method', 'route', 'status'],
    );
    adapter.getInstance<FastifyInstance>().addHook('onResponse', (request, reply, done) => {
      if (!isStream(reply)) {
        const route = request.is404 ? 'unmatched' : (request.routeOptions.url ?? 'unmatched');
        const { method } = request;
        durations.observe({ method, route, status: reply.statusCode }, reply.elapsedTime / 1_000);
      }
      done();
    });
  }
}

/** It lasts as long as its reader likes. */
function isStream(reply: FastifyReply): boolean {
  return String(reply.getHeader('content-type')).startsWith('text/event-stream');
}
