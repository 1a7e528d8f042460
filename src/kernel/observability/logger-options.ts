import type { Params } from 'nestjs-pino';
import { type DestinationStream, stdTimeFunctions } from 'pino';
import type { Options } from 'pino-http';
import { currentRequest } from '../http/request-context';
import { redact, redactLine } from './redaction';
import { currentTraceIds } from './spans';
import { currentWork } from './work-context';

export interface LoggerOptions {
  readonly level: string;
  /** Which process writes: `api` or `worker`. */
  readonly service: string;
  /** Default: standard output. */
  readonly destination?: DestinationStream;
}

/**
 * JSON lines for `LoggerModule`, each with the request or job, the user and the trace it belongs to, without secrets and
 * without mail.
 */
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
    wrapSerializers: false,
    // Errors are reduced to their facts before.
    serializers: { err: (facts: object) => facts },
  };
  // No middleware: `logRequest` writes the line of a request at a third of the cost.
  return { pinoHttp: destination ? [options, destination] : options, forRoutes: [] };
}

function whoAndWhich(): object {
  const context = currentRequest();
  return {
    ...currentWork(),
    ...(context && { requestId: context.requestId, ...(context.userId && { userId: context.userId }) }),
    ...currentTraceIds(),
  };
}
