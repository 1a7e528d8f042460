/**
 * What went wrong, seen by a caller (which HTTP status) and by a worker (try again or give up) alike.
 * `unavailable` and `rate-limited` are worth a retry; every other kind is final for the same input.
 */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'payment-required'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'gone'
  | 'precondition-failed'
  | 'too-large'
  | 'unprocessable'
  | 'rate-limited'
  | 'unavailable'
  | 'internal';

/** One bad field of an input: a JSON pointer-like path and what is wrong with it. */
export interface FieldFault {
  path: string;
  message: string;
}

export interface DomainErrorDetails {
  /** Milliseconds after which a retry makes sense. */
  retryAfterMs?: number;
  /** Faults of the input, field by field. */
  faults?: FieldFault[];
  cause?: unknown;
}

/** The one error type that crosses a module's edge. `code` is stable: `module.kebab-code`. */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly retryAfterMs: number | undefined;
  readonly faults: FieldFault[] | undefined;

  constructor(
    readonly kind: ErrorKind,
    readonly code: `${string}.${string}`,
    message: string,
    details: DomainErrorDetails = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.retryAfterMs = details.retryAfterMs;
    this.faults = details.faults;
  }

  /** True when the same input may succeed later. */
  get retryable(): boolean {
    return this.kind === 'unavailable' || this.kind === 'rate-limited';
  }
}
