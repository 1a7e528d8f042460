interface ErrorItem {
  message: string;
  domain: string;
  reason: string;
  location?: string;
  locationType?: string;
}

interface ErrorExtras {
  domain?: string;
  location?: string;
  locationType?: string;
  details?: unknown[];
  headers?: Record<string, string>;
}

/** A refusal of a Google API, with the JSON body that goes over the wire. */
export class ApiError extends Error {
  readonly headers: Record<string, string>;

  constructor(
    readonly code: number,
    readonly status: string,
    readonly reason: string,
    message: string,
    private readonly extras: ErrorExtras = {},
  ) {
    super(message);
    this.headers = extras.headers ?? {};
  }

  /** `{error: {code, message, errors, status}}` as Google sends it. */
  body(): { error: Record<string, unknown> } {
    const { domain = 'global', location, locationType, details } = this.extras;
    const item: ErrorItem = { message: this.message, domain, reason: this.reason, location, locationType };
    return {
      error: { code: this.code, message: this.message, errors: [item], status: this.status, details },
    };
  }
}

export const invalidArgument = (message: string): ApiError =>
  new ApiError(400, 'INVALID_ARGUMENT', 'invalidArgument', message);

export const entityNotFound = (): ApiError =>
  new ApiError(404, 'NOT_FOUND', 'notFound', 'Requested entity was not found.');

export const forbidden = (message: string): ApiError =>
  new ApiError(403, 'PERMISSION_DENIED', 'forbidden', message);

/** No credentials at all, or credentials that are expired, revoked or unknown. */
export function unauthenticated(given: boolean): ApiError {
  const challenge = 'Bearer realm="https://accounts.google.com/"';
  return new ApiError(
    401,
    'UNAUTHENTICATED',
    given ? 'authError' : 'required',
    given ? 'Invalid Credentials' : 'Login Required.',
    {
      location: 'Authorization',
      locationType: 'header',
      headers: { 'www-authenticate': given ? `${challenge}, error="invalid_token"` : challenge },
    },
  );
}

/** The token is good, but was not granted a scope that the method takes. */
export function insufficientScope(method: string): ApiError {
  const info = {
    '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
    reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT',
    domain: 'googleapis.com',
    metadata: { service: 'gmail.googleapis.com', method },
  };
  const message = 'Request had insufficient authentication scopes.';
  return new ApiError(403, 'PERMISSION_DENIED', 'insufficientPermissions', message, { details: [info] });
}
