import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify';
import { logRequest } from '../observability/request-log';
import { answerClientError } from './client-error';
import { tagAnswer } from './conditional/entity-tag';
import type { HttpOptions } from './http-options';
import { readJsonBodies } from './json-parser';
import { linkToNextPage } from './page-link';
import { problemOf } from './problem';
import { runInRequest } from './request-context';
import { inRequestSpan } from './request-span';
import { requestIdFrom, traceparentFrom } from './request-id';
import { sendProblem } from './send-problem';
import { endSilentConnections } from './silent-connections';

/** Milliseconds a caller may take to send its request: a slow drip must not hold a socket for ever. */
const requestTimeout = 30_000;

/** Fastify as the API runs it: request ids and context, body limits, the client's address behind trusted proxies. */
export function createFastifyAdapter(options: HttpOptions): FastifyAdapter {
  const bodyLimit = options.bodyLimit ?? 100 * 1_024;
  const serverOptions: FastifyServerOptions = {
    bodyLimit,
    trustProxy: options.trustProxyHops > 0 ? options.trustProxyHops : false,
    genReqId: (request) => requestIdFrom(request.headers),
    requestTimeout,
    clientErrorHandler: answerClientError,
    // An address that cannot be decoded reaches no route and no filter; Fastify's own answer would echo it.
    frameworkErrors: (error, request, reply) => sendProblem(reply, problemOf(error, request.id), error),
  };
  const adapter = new FastifyAdapter(serverOptions);
  // The adapter runs this hook before its others, so that even a preflight's answer carries the request id.
  adapter.setOnRequestHook(enterRequestContext);
  const fastify = adapter.getInstance();
  fastify.addHook('onRequest', logRequest);
  fastify.addHook('preSerialization', linkToNextPage);
  fastify.addHook('onSend', tagAnswer);
  endSilentConnections(fastify);
  readJsonBodies(adapter, { bodyLimit, rawBodyLimit: options.rawBodyLimit ?? 256 * 1_024 });
  return adapter;
}

function enterRequestContext(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  const traceparent = traceparentFrom(request.headers);
  void reply.header('x-request-id', request.id);
  if (traceparent !== undefined) void reply.header('traceparent', traceparent);
  const context = {
    requestId: request.id,
    ip: request.ip,
    userAgent: request.headers['user-agent'],
    traceparent,
  };
  inRequestSpan(request, reply, traceparent, () => runInRequest(context, done));
}
