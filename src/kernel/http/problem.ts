import { HttpException } from '@nestjs/common';
import { DomainError, type ErrorKind, type FieldFault } from '../errors/domain-error';

/** An error as a caller sees it: RFC 9457 with a stable `code` and the id to quote when asking for help. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  requestId: string;
  faults?: FieldFault[];
}

/** The one table from what went wrong to an HTTP status. */
export const statusOfKind: Record<ErrorKind, number> = {
  invalid: 400,
  unauthenticated: 401,
  'payment-required': 402,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  gone: 410,
  'precondition-failed': 412,
  'too-large': 413,
  unprocessable: 422,
  'rate-limited': 429,
  internal: 500,
  unavailable: 503,
};

/** Statuses that the framework itself answers. Its messages quote paths and bodies, so they are never passed on. */
export const frameworkFaults: Record<number, { code: string; title: string; detail: string }> = {
  400: { code: 'request.invalid', title: 'Bad Request', detail: 'The request is malformed.' },
  401: { code: 'auth.unauthenticated', title: 'Unauthorized', detail: 'Valid credentials are needed.' },
  403: { code: 'auth.forbidden', title: 'Forbidden', detail: 'The credentials do not allow this.' },
  404: { code: 'request.no-such-route', title: 'Not Found', detail: 'There is nothing at this address.' },
  405: { code: 'request.method-not-allowed', title: 'Method Not Allowed', detail: 'Not with this method.' },
  406: { code: 'request.not-acceptable', title: 'Not Acceptable', detail: 'No such representation exists.' },
  408: { code: 'request.timeout', title: 'Request Timeout', detail: 'The request came in too slowly.' },
  413: { code: 'request.too-large', title: 'Content Too Large', detail: 'The body exceeds the limit.' },
  414: { code: 'request.uri-too-long', title: 'URI Too Long', detail: 'The address exceeds the limit.' },
  415: { code: 'request.unsupported-media-type', title: 'Unsupported Media Type', detail: 'Send JSON.' },
  429: { code: 'request.rate-limited', title: 'Too Many Requests', detail: 'Slow down.' },
  431: {
    code: 'request.headers-too-large',
    title: 'Request Header Fields Too Large',
    detail: 'The headers exceed the limit.',
  },
  503: { code: 'internal.unavailable', title: 'Service Unavailable', detail: 'Try again later.' },
};
/** What anything else is answered with. */
export const unexpected = {
  code: 'internal.unexpected',
  title: 'Internal Server Error',
  detail: 'Something went wrong on our side; the request id leads us to it.',
};

const titles: Record<number, string> = {
  ...Object.fromEntries(Object.entries(frameworkFaults).map(([status, { title }]) => [status, title])),
  402: 'Payment Required',
  409: 'Conflict',
  410: 'Gone',
  412: 'Precondition Failed',
  422: 'Unprocessable Content',
  500: unexpected.title,
};

/** What a status is called. */
export function titleOf(status: number): string {
  return titles[status] ?? unexpected.title;
}

/** The problem that any thrown value is answered with. Internal errors keep their code and lose their message. */
export function problemOf(error: unknown, requestId: string): Problem {
  if (error instanceof DomainError) {
    const status = statusOfKind[error.kind];
    const detail = error.kind === 'internal' ? unexpected.detail : error.message;
    return compose(status, { code: error.code, detail }, requestId, error.faults);
  }
  const status = frameworkStatusOf(error);
  const known = frameworkFaults[status] ?? (status < 500 ? frameworkFaults[400] : undefined) ?? unexpected;
  return compose(known === unexpected ? 500 : status, known, requestId);
}

function compose(
  status: number,
  { code, detail, title }: { code: string; detail: string; title?: string },
  requestId: string,
  faults?: FieldFault[],
): Problem {
  return {
    type: `urn:inbrief:problem:${code}`,
    title: title ?? titleOf(status),
    status,
    detail,
    code,
    requestId,
    ...(faults && { faults }),
  };
}

/** Status of an error made by Nest or Fastify; 500 for anything that is not one. */
function frameworkStatusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const isFastifyError = error instanceof Error && error.name === 'FastifyError' && 'statusCode' in error;
  return isFastifyError && typeof error.statusCode === 'number' ? error.statusCode : 500;
}
