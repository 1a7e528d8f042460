import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import { DomainError } from '../errors/domain-error';
import type { Problem } from './problem';

/** Writes the problem as the answer. A middleware's error comes with Node's response, any other with Fastify's. */
export function sendProblem(response: FastifyReply | ServerResponse, problem: Problem, error: unknown): void {
  const headers = headersOf(problem, error);
  // As bytes: to a string Fastify would add a charset, which this media type does not have.
  const body = Buffer.from(JSON.stringify(problem));
  if ('raw' in response) {
    void response.code(problem.status).headers(headers).send(body);
    return;
  }
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.statusCode = problem.status;
  response.end(body);
}

function headersOf(problem: Problem, error: unknown): Record<string, string> {
  const retryAfterMs = error instanceof DomainError ? error.retryAfterMs : undefined;
  return {
    'content-type': 'application/problem+json',
    'x-request-id': problem.requestId,
    'cache-control': 'no-store',
    ...(retryAfterMs !== undefined && { 'retry-after': String(Math.max(1, Math.ceil(retryAfterMs / 1000))) }),
    ...(problem.status === 401 && { 'www-authenticate': 'Bearer' }),
  };
}
