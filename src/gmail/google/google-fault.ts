/** A failed call to Google, however it reached us: over HTTP, as one part of a batch, or not at all. */
export interface GoogleFault {
  /** Absent when no answer came. */
  status?: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** The parsed JSON body, or text, or nothing. */
  body: unknown;
  cause?: unknown;
}

/** The facts of whatever an SDK call threw. Only what is needed is copied: an SDK error holds the request's tokens. */
export function faultOf(error: unknown): GoogleFault {
  const response = record(record(error)?.response);
  if (!response) return { headers: {}, body: undefined, cause: reasonOf(error) };
  const status = Number(response.status);
  return { status, headers: headersOf(response.headers), body: parsed(response.data) };
}

/** The machine-readable reasons of an error body: `rateLimitExceeded`, `authError`, an OAuth `error` and the like. */
export function reasonsOf(body: unknown): string[] {
  const error = record(body)?.error;
  if (typeof error === 'string') return [error];
  const details = record(error);
  const entries = [...list(details?.errors), ...list(details?.details)];
  const reasons = entries
    .map((entry) => record(entry)?.reason)
    .filter((reason) => typeof reason === 'string');
  return typeof details?.status === 'string' ? [...reasons, details.status] : reasons;
}

/** The sentence of an error body, for a person; empty when it has none. */
export function messageOf(body: unknown): string {
  const details = record(record(body)?.error);
  const message = details?.message ?? record(body)?.error_description;
  return typeof message === 'string' ? message : '';
}

function reasonOf(error: unknown): Error {
  const cause = record(error)?.cause;
  const source = cause instanceof Error ? cause : error;
  const code = record(source)?.code;
  const message = source instanceof Error ? source.message : 'no answer';
  return new Error(typeof code === 'string' ? `${code}: ${message}` : message);
}

function headersOf(headers: unknown): Record<string, string> {
  if (headers instanceof Headers) return Object.fromEntries(headers.entries());
  const entries = Object.entries(record(headers) ?? {});
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), String(value)]));
}

function parsed(data: unknown): unknown {
  if (typeof data !== 'string') return data;
  try {
    return JSON.parse(data) as unknown;
  } catch {
    return data;
  }
}

function record(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
