import { createHash } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../../errors/domain-error';
import { assertCleanText } from '../clean-text';
import type { AuthenticatedRequest } from '../principal';

export const IDEMPOTENT = 'inbrief:idempotent';

/** Who makes the repetition of a call a no-op: the edge, which keeps its answer, or the command, by a unique key in its own rows. */
export type KeptBy = 'edge' | 'command';

export const headerName = 'Idempotency-Key';
const printable = /^[\x21-\x7e]{1,255}$/;

/** The key of a call, or undefined without one. @throws DomainError `request.idempotency-key` when it is no such key. */
export function idempotencyKeyOf(request: FastifyRequest): string | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !printable.test(key)) throw badKey();
  return key;
}

/** @throws DomainError `request.idempotency-key` when there is none, or it is not 1 to 255 printable characters. */
export function requiredIdempotencyKeyOf(request: FastifyRequest): string {
  const key = idempotencyKeyOf(request);
  if (key === undefined) throw badKey();
  return key;
}

/** Gives a controller method the key of its call, for a command that keeps it in a row of its own. @throws as `requiredIdempotencyKeyOf`. */
export const IdempotencyKey = createParamDecorator((_data: undefined, context: ExecutionContext): string =>
  requiredIdempotencyKeyOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

/**
 * What has to be the same for two calls to be one: address, body and session. The session, because an answer may hold what
 * only a freshly proven session gets to see. The order of a body's properties does not matter.
 * @throws DomainError as `assertCleanText`.
 */
export function hashOfCall(request: AuthenticatedRequest): string {
  assertCleanText(request.body);
  const call = [request.method, request.url, request.user?.sessionId ?? null, sorted(request.body ?? null)];
  return createHash('sha256').update(JSON.stringify(call)).digest('hex');
}

/** Recursion is safe: the depth of the input has been checked. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([name, child]) => [name, sorted(child)]);
}

function badKey(): DomainError {
  return new DomainError(
    'invalid',
    'request.idempotency-key',
    `${headerName} must be 1 to 255 printable characters.`,
  );
}
