import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { errorCodes, type FastifyRequest } from 'fastify';
import { DomainError } from '../errors/domain-error';
import type { IgnoredBodyConfig } from './ignores-body.decorator';
import type { RawBodyConfig } from './raw-body.decorator';

/** Body limits in bytes: of every route, and of the webhook routes marked with `@RawBodyRoute`. */
export interface BodyLimits {
  readonly bodyLimit: number;
  readonly rawBodyLimit: number;
}

/**
 * JSON is the only body that is read; any other media type answers 415, save a form to a route that ignores its body. An empty body counts as none, since many
 * clients name a content type they do not send.
 */
export function readJsonBodies(adapter: FastifyAdapter, limits: BodyLimits): void {
  const fastify = adapter.getInstance();
  fastify.addHook('onRoute', (route) => {
    const config: RawBodyConfig | undefined = route.config;
    if (config?.rawBody) route.bodyLimit = limits.rawBodyLimit;
  });
  fastify.removeContentTypeParser('text/plain');
  dropForms(adapter, limits.bodyLimit);
  const parse = fastify.getDefaultJsonParser('error', 'error');
  adapter.useBodyParser('application/json', false, { bodyLimit: limits.bodyLimit }, (request, body, done) => {
    keepRawBody(request, body);
    if (body.length === 0) done(null, undefined);
    else void parse(request, body.toString('utf8'), (error, value) => done(error && invalidJson(), value));
  });
}

/** Forms, for the routes that do not look at them. */
const forms = ['application/x-www-form-urlencoded', 'multipart/form-data'];

function dropForms(adapter: FastifyAdapter, bodyLimit: number): void {
  const fastify = adapter.getInstance();
  fastify.addContentTypeParser(forms, { parseAs: 'buffer', bodyLimit }, (request, _body, done) => {
    const { ignoresBody } = request.routeOptions.config as IgnoredBodyConfig;
    done(ignoresBody ? null : new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE(), undefined);
  });
}

function keepRawBody(request: FastifyRequest & { rawBody?: Buffer }, body: Buffer): void {
  if ((request.routeOptions.config as RawBodyConfig).rawBody) request.rawBody = body;
}

/** The parser's own message quotes the body. */
function invalidJson(): DomainError {
  return new DomainError('invalid', 'request.invalid-json', 'The body is not JSON.');
}
