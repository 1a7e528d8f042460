import { type ArgumentMetadata, Injectable, type ValidationError, ValidationPipe } from '@nestjs/common';
import { DomainError, type FieldFault } from '../errors/domain-error';
import { assertCleanText } from './clean-text';

const maxFaults = 50;
const maxNameLength = 100;

/**
 * Turns a body, query or parameters into its DTO, and refuses what the DTO does not name.
 * @throws DomainError `request.invalid` with every fault; `request.bad-characters`; `request.too-deep`.
 */
@Injectable()
export class RequestValidationPipe extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      validationError: { target: false, value: false },
      exceptionFactory: (errors) =>
        new DomainError('invalid', 'request.invalid', 'The request is not valid.', {
          faults: errors.flatMap((error) => faultsOf(error, '')).slice(0, maxFaults),
        }),
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type !== 'custom') assertCleanText(value);
    return super.transform(value, metadata);
  }
}

function faultsOf(error: ValidationError, parent: string): FieldFault[] {
  // class-validator names no property for an input that is no object at all.
  const path =
    (error.property as string | undefined) === undefined
      ? parent
      : `${parent}/${pointerPart(error.property)}`;
  const own = Object.values(error.constraints ?? {}).map((message) => ({ path, message: shorten(message) }));
  return [...own, ...(error.children ?? []).flatMap((child) => faultsOf(child, path))];
}

/** One step of a JSON pointer (RFC 6901). */
function pointerPart(property: string): string {
  return shorten(property).replaceAll('~', '~0').replaceAll('/', '~1');
}

/** Names of unknown properties are the caller's own text: an answer does not echo kilobytes of it. */
function shorten(text: string): string {
  return text.length > maxNameLength * 2 ? `${text.slice(0, maxNameLength)}…` : text;
}
