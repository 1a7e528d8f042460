import { randomBytes } from 'node:crypto';
import type { ErrorType } from '@anthropic-ai/sdk/resources/shared';

/** Error types of the wire: those of the SDK, and `request_too_large`, which only the documentation names. */
export type WireErrorType = ErrorType | 'request_too_large';

/** The body that every failed call carries. */
export interface ErrorBody {
  type: 'error';
  error: { type: WireErrorType; message: string; details?: { error_code: string } };
  request_id: string;
}

/** A refusal in the vendor's own terms; the error handler turns it into an answer. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly type: WireErrorType,
    message: string,
    readonly extra: { errorCode?: string; headers?: Record<string, string> } = {},
  ) {
    super(message);
  }

  body(requestId: string): ErrorBody {
    const { errorCode } = this.extra;
    const details = errorCode === undefined ? {} : { details: { error_code: errorCode } };
    return {
      type: 'error',
      error: { type: this.type, message: this.message, ...details },
      request_id: requestId,
    };
  }
}

export const invalidRequest = (message: string): ApiError =>
  new ApiError(400, 'invalid_request_error', message);
export const notFound = (message: string): ApiError => new ApiError(404, 'not_found_error', message);
export const overloaded = (): ApiError => new ApiError(529, 'overloaded_error', 'Overloaded');

/** A 429 that says after how many whole seconds to come back. */
export const rateLimited = (retryAfterSeconds: number): ApiError =>
  new ApiError(429, 'rate_limit_error', 'This request would exceed your rate limit. Try again later.', {
    headers: { 'retry-after': String(retryAfterSeconds) },
  });

/** A 429 without `retry-after`: the organisation's monthly spend is used up, so trying again cannot help. */
export const spendLimitReached = (): ApiError =>
  new ApiError(429, 'rate_limit_error', 'You have reached your specified API usage limits.', {
    errorCode: 'enforced_spend_limit_reached',
  });

/** A fresh identifier such as `msg_01…`, in the vendor's alphabet. */
export function newId(prefix: string): string {
  const random = randomBytes(24).toString('base64url').replace(/[-_]/g, '0');
  return `${prefix}_01${random.slice(0, 22)}`;
}
