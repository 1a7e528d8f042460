import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { streamFrames } from './answering/stream';
import { ApiError, invalidRequest, newId, notFound } from './errors';
import { findModel, models } from './models';
import { type PageQuery, pageOf } from './page';
import { checkRequest } from './request-rules';
import { type Answer, type AnthropicSandbox, Silence } from './sandbox';

const mebibyte = 1024 * 1024;
const requestIds = new WeakMap<object, string>();

/** The vendor's API below `/v1`: authentication, request ids, error bodies, messages, batches and models. */
export async function serveApi(app: FastifyInstance, sandbox: AnthropicSandbox): Promise<void> {
  await app.register((scope, _options, done) => {
    scope.addHook('onRequest', (request, reply, next) => {
      const id = newId('req');
      requestIds.set(request.raw, id);
      reply.headers({ 'request-id': id, 'anthropic-organization-id': 'org-sandbox' });
      authenticate(request, sandbox.options.apiKeys);
      next();
    });
    scope.setErrorHandler((error, request, reply) => sendError(error, request, reply));
    scope.setNotFoundHandler((request, reply) =>
      sendError(notFound(`Not found: ${request.method} ${request.url.split('?')[0] ?? ''}`), request, reply),
    );
    serveMessages(scope, sandbox);
    serveBatches(scope, sandbox);
    serveModels(scope);
    done();
  });
}

function authenticate(request: FastifyRequest, allowed: string[] | undefined): void {
  const { 'x-api-key': key, authorization } = request.headers;
  const given = typeof key === 'string' ? key : (authorization?.replace(/^Bearer /i, '') ?? '');
  if (given === '' || (allowed && !allowed.includes(given))) {
    throw new ApiError(
      401,
      'authentication_error',
      given ? 'invalid x-api-key' : 'x-api-key header is required',
    );
  }
  if (!request.headers['anthropic-version']) throw invalidRequest('anthropic-version: header is required');
}

function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const api = error instanceof ApiError ? error : fromFastify(error);
  const id = requestIds.get(request.raw) ?? newId('req');
  return reply
    .code(api.status)
    .headers({ 'request-id': id, ...api.extra.headers })
    .send(api.body(id));
}

function fromFastify(error: unknown): ApiError {
  const { statusCode = 500, message } = error as { statusCode?: number; message: string };
  if (statusCode === 413) {
    return new ApiError(413, 'request_too_large', 'Request exceeds the maximum allowed number of bytes.');
  }
  return statusCode < 500 ? invalidRequest(message) : new ApiError(500, 'api_error', message);
}

function serveMessages(scope: FastifyInstance, sandbox: AnthropicSandbox): void {
  scope.post('/v1/messages', { bodyLimit: 32 * mebibyte }, async (request, reply) => {
    try {
      const answer = await sandbox.answer(request.body);
      reply.headers(sandbox.limiter.headers());
      const { stream } = request.body as { stream?: boolean };
      if (!answer.cut && stream !== true) return await reply.send(answer.message);
      return await sendStream(answer, stream === true, request, reply);
    } catch (error) {
      if (!(error instanceof Silence)) throw error;
      reply.hijack();
      setTimeout(() => request.raw.socket.destroy(), error.delayMs).unref();
      return reply;
    }
  });
  scope.post('/v1/messages/count_tokens', (request) => {
    const { request: checked, model } = checkRequest(request.body, true);
    return { input_tokens: sandbox.countInput(checked, model) };
  });
}

/** Sends the frames one by one; a cut answer loses its second half and its connection. */
async function sendStream(
  { message, cut }: Answer,
  sse: boolean,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const frames = sse ? [...streamFrames(message)] : [...(JSON.stringify(message).match(/[^]{1,64}/g) ?? [])];
  const type = sse ? 'text/event-stream; charset=utf-8' : 'application/json; charset=utf-8';
  const kept = cut ? frames.slice(0, Math.floor(frames.length / 2)) : frames;
  const body = Readable.from(kept);
  if (cut) body.on('end', () => request.raw.socket.destroy());
  return reply.header('content-type', type).header('cache-control', 'no-cache').send(body);
}

interface ById {
  Params: { id: string };
}

function serveBatches(scope: FastifyInstance, { batches }: AnthropicSandbox): void {
  const base = '/v1/messages/batches';
  const origin = (request: FastifyRequest) => `http://${request.host}`;
  scope.post<{ Body: { requests?: unknown } | null }>(base, { bodyLimit: 256 * mebibyte }, (request) =>
    batches.create(request.body?.requests).toJson(origin(request)),
  );
  scope.get<{ Querystring: PageQuery }>(base, (request) => {
    const all = batches.list().map((batch) => batch.toJson(origin(request)));
    return pageOf(all, request.query);
  });
  scope.get<ById>(`${base}/:id`, (request) => batches.get(request.params.id).toJson(origin(request)));
  scope.post<ById>(`${base}/:id/cancel`, (request) =>
    batches.cancel(request.params.id).toJson(origin(request)),
  );
  scope.delete<ById>(`${base}/:id`, (request) => {
    batches.delete(request.params.id);
    return { id: request.params.id, type: 'message_batch_deleted' };
  });
  scope.get<ById>(`${base}/:id/results`, (request, reply) => {
    const batch = batches.get(request.params.id);
    if (!batch.ended) throw invalidRequest(`Batch ${batch.id} has no results yet`);
    return reply.header('content-type', 'application/x-jsonl').send(Readable.from(batch.lines()));
  });
}

function serveModels(scope: FastifyInstance): void {
  scope.get<{ Querystring: PageQuery }>('/v1/models', (request) =>
    pageOf(
      models.map((model) => model.info),
      request.query,
    ),
  );
  scope.get<ById>('/v1/models/:id', (request) => {
    const model = findModel(request.params.id);
    if (!model) throw notFound(`model: ${request.params.id}`);
    return model.info;
  });
}
