import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { newId } from '../store';
import { apiVersion, type StripeWorld } from '../world';
import { unauthenticated, WireError } from './errors';
import { expandAnswer } from './expand';
import { parseForm } from './form';
import { type StoredAnswer } from './idempotency';
import { Params } from './params';
import { type Route } from './route';

/** Serves the routes with what all of them share: keys, request ids, versions, idempotency, expansion, errors. */
export async function serveRoutes(app: FastifyInstance, world: StripeWorld, routes: Route[]): Promise<void> {
  await app.register((scope, _options, done) => {
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string' },
      (_request, body, parsed) => parsed(null, body),
    );
    scope.setErrorHandler((error, _request, reply) =>
      send(reply, { ...failure(error), requestId: newId('req') }),
    );
    for (const route of routes) {
      scope.route({
        method: route.method,
        url: route.url,
        handler: async (request, reply) => send(reply, await answer(world, route, request, reply)),
      });
    }
    scope.setNotFoundHandler((request, reply) => {
      const path = request.url.split('?')[0] ?? '';
      const message = `Unrecognized request URL (${request.method}: ${path}).`;
      const error = new WireError(404, { type: 'invalid_request_error', message });
      return send(reply, { ...failure(error), requestId: newId('req') });
    });
    done();
  });
}

async function answer(
  world: StripeWorld,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<StoredAnswer> {
  const requestId = newId('req');
  const key = route.method === 'POST' ? request.headers['idempotency-key'] : undefined;
  const encoded = bodyOf(request);
  try {
    authenticate(world, request);
    reply.header('stripe-version', checkedVersion(request));
    if (typeof key !== 'string') return await run(world, route, request, encoded, requestId);
    reply.header('idempotency-key', key);
    const earlier = world.idempotency.claim(key, `${request.method} ${request.url} ${encoded}`);
    if (earlier) {
      reply.headers({ 'idempotent-replayed': 'true', 'original-request': earlier.requestId });
      return earlier;
    }
  } catch (error) {
    return { ...failure(error), requestId };
  }
  const fresh = await run(world, route, request, encoded, requestId, key);
  world.idempotency.settle(key, fresh);
  return fresh;
}

async function run(
  world: StripeWorld,
  route: Route,
  request: FastifyRequest,
  encoded: string,
  requestId: string,
  key: string | null = null,
): Promise<StoredAnswer> {
  if (world.latencyMs > 0) await sleep(world.latencyMs, undefined, { ref: false });
  const { id = '' } = request.params as { id?: string };
  world.cause = { id: requestId, idempotency_key: key };
  try {
    const params = new Params(parseForm(encoded));
    params.accept([...route.accepts, 'expand']);
    const body = route.handle({ world, params, id, baseUrl: `http://${request.host}` });
    return { status: 200, body: expandAnswer(world, body, params.texts('expand')), requestId };
  } catch (error) {
    return { ...failure(error), requestId };
  } finally {
    world.cause = null;
  }
}

function bodyOf(request: FastifyRequest): string {
  if (typeof request.body === 'string') return request.body;
  return request.url.split('?')[1] ?? '';
}

function authenticate(world: StripeWorld, request: FastifyRequest): void {
  const [scheme = '', value = ''] = (request.headers.authorization ?? '').split(' ');
  const key = /^basic$/i.test(scheme) ? (Buffer.from(value, 'base64').toString().split(':')[0] ?? '') : value;
  if (key === '') {
    throw unauthenticated(
      'You did not provide an API key. Use HTTP Basic or Bearer auth with your secret key.',
    );
  }
  const allowed = world.options.secretKeys;
  const known = allowed ? allowed.includes(key) : /^(sk|rk)_(test|live)_\w+$/.test(key);
  if (!known) throw unauthenticated(`Invalid API Key provided: ${key.slice(0, 8)}****${key.slice(-4)}`);
}

function checkedVersion(request: FastifyRequest): string {
  const version = request.headers['stripe-version'];
  if (version === undefined) return apiVersion;
  if (typeof version === 'string' && /^\d{4}-\d{2}-\d{2}(\.\w+)?$/.test(version)) return version;
  throw new WireError(400, {
    type: 'invalid_request_error',
    message: `Invalid Stripe API version: ${String(version)}`,
  });
}

function failure(error: unknown): { status: number; body: unknown } {
  if (error instanceof WireError) return { status: error.status, body: error.body() };
  const { statusCode = 500, message } = error as { statusCode?: number; message: string };
  const type = statusCode < 500 ? 'invalid_request_error' : 'api_error';
  return { status: statusCode, body: { error: { type, message } } };
}

const send = (reply: FastifyReply, { status, body, requestId }: StoredAnswer): FastifyReply =>
  reply.code(status).headers({ 'request-id': requestId }).send(body);
