import type { IncomingHttpHeaders } from 'node:http';
import { v7 as uuidv7 } from 'uuid';

/** A UUID is of this shape too, so one pattern says what a sane id is. */
const saneId = /^[\w-]{8,64}$/;
const traceparentShape = /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/;

/** The caller's `X-Request-Id` when it is sane (8 to 64 letters, digits, `_` or `-`), else a new UUID v7. */
export function requestIdFrom(headers: IncomingHttpHeaders): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && saneId.test(given) ? given : uuidv7();
}

/** The caller's W3C trace context when it is well formed. */
export function traceparentFrom(headers: IncomingHttpHeaders): string | undefined {
  const given = headers.traceparent;
  return typeof given === 'string' && traceparentShape.test(given) ? given : undefined;
}
