import { applyDecorators, SetMetadata, UseInterceptors } from '@nestjs/common';
import { ApiExtension, ApiHeader } from '@nestjs/swagger';
import { ApiProblem } from '../api-problem.decorator';
import { headerName, IDEMPOTENT, type KeptBy } from './idempotency-key';
import { IdempotencyInterceptor } from './idempotency.interceptor';

/**
 * For a POST that makes something: the same `Idempotency-Key` and body get the first answer again, marked
 * `Idempotency-Replayed: true`. A twin that comes while the first call runs is refused, and so is a key with another body.
 * `command`: the key is required, the command makes twins and repetitions one by itself, and the edge only replays.
 */
export function Idempotent(by: KeptBy = 'edge'): MethodDecorator {
  const required = by === 'command';
  const header = ApiHeader({
    name: headerName,
    required,
    description:
      'Your own name for this call, such as a UUID: repeated with the same body within 24 hours, it gets the first answer ' +
      'again, marked `Idempotency-Replayed: true`, and nothing is done twice.',
    schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[\\x21-\\x7e]+$' },
    example: '5f0c7a52-3a52-4a8f-9f1e-6b7f7c1f2d10',
  });
  const stated = [
    SetMetadata(IDEMPOTENT, by),
    UseInterceptors(IdempotencyInterceptor),
    header,
    ApiProblem(400, '`request.idempotency-key`'),
  ];
  if (required) return applyDecorators(...stated);
  return applyDecorators(
    ...stated,
    ApiProblem(409, '`request.idempotency-in-progress`: a call with this key has not answered yet.'),
    ApiProblem(410, '`request.idempotency-answer-gone`: it was done, and its answer cannot be given again.'),
    ApiProblem(422, '`request.idempotency-key-reused`: this key came with another request before.'),
  );
}

/** For a POST that needs no `Idempotency-Key`: says why its repetition does no harm. */
export function RepeatsSafely(because: string): MethodDecorator {
  return ApiExtension('x-repeats-safely', because);
}
