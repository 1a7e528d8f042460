import {
  applyDecorators,
  createParamDecorator,
  type ExecutionContext,
  SetMetadata,
  UseInterceptors,
} from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../../errors/domain-error';
import { ApiProblem } from '../api-problem.decorator';
import { opaqueTags } from './entity-tag';
import { EDITABLE, type EditableOf, versionOf } from './version';
import { VersionInterceptor } from './version.interceptor';

/** Versions that the caller of an edit would have it made on; undefined when any will do. */
export type EditCondition = readonly string[] | undefined;

/** For a read, and for an edit that answers the same: their entity tag names the version of what an edit can change. */
export const AnswersVersion = <T>(editableOf: EditableOf<T>): MethodDecorator =>
  applyDecorators(SetMetadata(EDITABLE, editableOf), UseInterceptors(VersionInterceptor));

/** For an edit that hands its `@IfMatch()` to its command. */
export const ChecksVersion = (): MethodDecorator =>
  applyDecorators(
    ApiHeader({
      name: 'If-Match',
      required: false,
      description:
        'The `ETag` you read: the edit is made only if nobody has edited since. What changes by itself does not count.',
      schema: { type: 'string', minLength: 1, maxLength: 1_000 },
      example: '"mQ3J0r7oRrmbyt9XkA2v1w.b1Vq9m4cRr2kO5nJ8sT0aQ"',
    }),
    ApiProblem(412, '`request.precondition-failed`: somebody has edited it since.'),
  );

/** Gives a controller method the condition of its edit, from `If-Match`. */
export const IfMatch = createParamDecorator((_data: undefined, context: ExecutionContext): EditCondition => {
  const header = context.switchToHttp().getRequest<FastifyRequest>().headers['if-match'];
  return header === undefined ? undefined : opaqueTags(header)?.map((tag) => tag.split('.')[0] ?? '');
});

/**
 * Holds the state an edit meets against its condition. The caller has locked that state until its commit, so of two edits on
 * one version the second one fails. @throws DomainError `request.precondition-failed`.
 */
export function assertUnchanged(condition: EditCondition, editable: unknown): void {
  if (condition === undefined || condition.includes(versionOf(editable))) return;
  throw new DomainError(
    'precondition-failed',
    'request.precondition-failed',
    'Somebody has edited it since you read it: read it again.',
  );
}
