import type { ServerResponse } from 'node:http';
import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemOf } from './problem';
import { currentRequest } from './request-context';
import { requestIdFrom } from './request-id';
import { sendProblem } from './send-problem';

/**
 * The only place that writes an HTTP error status. Whatever was thrown becomes an application/problem+json answer; the
 * stack of an unexpected error goes to the log and nowhere else.
 */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const response = host.switchToHttp().getResponse<FastifyReply | ServerResponse>();
    const problem = problemOf(error, currentRequest()?.requestId ?? requestIdFrom(request.headers));
    if (problem.status >= 500) this.log(error, problem.status, problem.code, problem.requestId);
    if (isStarted(response)) abort(response);
    else sendProblem(response, problem, error);
  }

  private log(error: unknown, status: number, code: string, requestId: string): void {
    const facts = {
      err: error instanceof Error ? error : new Error('A value that is no Error was thrown'),
      code,
    };
    if (status === 500) this.logger.error({ ...facts, requestId }, 'Unexpected error');
    else this.logger.warn({ ...facts, requestId }, 'Upstream or dependency unavailable');
  }
}

function isStarted(response: FastifyReply | ServerResponse): boolean {
  return 'raw' in response ? response.sent || response.raw.headersSent : response.headersSent;
}

/** An answer that began cannot turn into an error any more: a cut connection says that it is not whole. */
function abort(response: FastifyReply | ServerResponse): void {
  const raw = 'raw' in response ? response.raw : response;
  if (!raw.writableEnded) raw.destroy();
}
