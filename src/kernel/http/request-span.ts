import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Probes and scrapes come every few seconds and say nothing. */
const quietPath = /^\/(health\/|metrics)/;

/** Serves a request as a span under its route's pattern, in the caller's trace where the caller has one. */
export function inRequestSpan(
  request: FastifyRequest,
  reply: FastifyReply,
  traceparent: string | undefined,
  serve: () => void,
): void {
  if (quietPath.test(request.url)) {
    serve();
    return;
  }
  const from = traceparent === undefined ? ROOT_CONTEXT : propagation.extract(ROOT_CONTEXT, { traceparent });
  const { method } = request;
  const attributes = { 'http.request.method': method, 'inbrief.request_id': request.id };
  const span = trace.getTracer('inbrief').startSpan(method, { kind: SpanKind.SERVER, attributes }, from);
  // Also when the caller goes away before the answer.
  reply.raw.once('close', () => {
    const route = request.is404 ? 'unmatched' : (request.routeOptions.url ?? 'unmatched');
    span.updateName(`${method} ${route}`).setAttribute('http.route', route);
    if (reply.raw.writableEnded) span.setAttribute('http.response.status_code', reply.statusCode);
    if (reply.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  });
  context.with(trace.setSpan(from, span), serve);
}
