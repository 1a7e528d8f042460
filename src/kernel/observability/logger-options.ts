import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Params } from 'nestjs-pino';
import { type DestinationStream, stdTimeFunctions } from 'pino';
import type { Options } from 'pino-http';
import { currentRequest } from '../http/request-context';
import { requestIdFrom } from '../http/request-id';
import { redact, redactLine } from './redaction';

export interface LoggerOptions {
  readonly level: string;
  /** Which process writes: `api` or `worker`. */
  readonly service: string;
  /** Default: standard output. */
  readonly destination?: DestinationStream;
}

/** Probes and scrapes come every few seconds and say nothing. */
const quietPath = /^\/(health\/|metrics)/;

/** JSON lines for `LoggerModule`, each with the request and user it belongs to, without secrets and without mail. */
export function createLoggerParams({ level, service, destination }: LoggerOptions): Params {
  const options: Options = {
    level,
    base: { service },
    timestamp: stdTimeFunctions.isoTime,
    formatters: {
      level: (label) => ({ level: label }),
      log: (facts) => redact(facts) as Record<string, unknown>,
    },
    hooks: { streamWrite: redactLine },
    mixin: whoAndWhich,
    genReqId: (request) => currentRequest()?.requestId ?? requestIdFrom(request.headers),
    autoLogging: { ignore: (request) => quietPath.test(pathOf(request)) },
    customLogLevel: (_request, response, error) => (error || response.statusCode >= 500 ? 'error' : 'info'),
    customSuccessMessage: () => 'request completed',
    customErrorMessage: () => 'request failed',
    customSuccessObject: completion,
    customErrorObject: (request, response, _error, value: { responseTime: number }) =>
      completion(request, response, value),
    wrapSerializers: false,
    // Errors are reduced to their facts before; the request says its part at the end.
    serializers: { err: (facts: object) => facts, req: () => undefined },
  };
  return { pinoHttp: destination ? [options, destination] : options };
}

function whoAndWhich(): object {
  const context = currentRequest();
  return context ? { requestId: context.requestId, ...(context.userId && { userId: context.userId }) } : {};
}

/**
 * The request's last line; it has no status when the caller went away before the answer. A connection that broke ends
 * outside of the request's context, so the line states its id.
 */
function completion(
  request: IncomingMessage,
  response: ServerResponse,
  value: { responseTime: number },
): object {
  return {
    requestId: request.id,
    method: request.method,
    path: pathOf(request),
    ...(response.writableEnded ? { status: response.statusCode } : { aborted: true }),
    durationMs: value.responseTime,
  };
}

/** The query stays out: an OAuth callback carries its code there. Middleware may have shortened `url`. */
function pathOf(request: IncomingMessage & { originalUrl?: string }): string {
  return (request.originalUrl ?? request.url ?? '').split('?', 1)[0] ?? '';
}
