import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../../kernel/errors/domain-error';
import { ApiProblem } from '../../kernel/http/api-problem.decorator';

const name = 'Idempotency-Key';
const printable = /^[\x21-\x7e]{1,255}$/;

/** The key of this call. @throws DomainError `request.idempotency-key` when it is missing or not 1 to 255 printable characters. */
export const IdempotencyKey = createParamDecorator((_data: undefined, context: ExecutionContext): string => {
  const key = context.switchToHttp().getRequest<FastifyRequest>().headers['idempotency-key'];
  if (typeof key !== 'string' || !printable.test(key))
    throw new DomainError(
      'invalid',
      'request.idempotency-key',
      `${name} must be 1 to 255 printable characters.`,
    );
  return key;
});

/** Documents a route that `IdempotencyKey` guards. */
export const NeedsIdempotencyKey = (): MethodDecorator =>
  applyDecorators(
    ApiHeader({
      name,
      required: true,
      description: 'Your own name for this purchase: the same key and body get the same answer.',
      schema: { type: 'string', minLength: 1, maxLength: 255 },
    }),
    ApiProblem(422, '`billing.idempotency-key-reused`: this key came with another body before.'),
  );
