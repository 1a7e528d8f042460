import { DomainError } from '../../kernel/errors/domain-error';
import { type GoogleFault, messageOf, reasonsOf } from './google-fault';

/** What a call was about: a 404 means something else for each. */
export type CallTarget = 'message' | 'history' | 'token' | 'other';

/** Reasons of a 403 that mean "later", not "never". */
const throttled = new Set([
  'rateLimitExceeded',
  'userRateLimitExceeded',
  'quotaExceeded',
  'dailyLimitExceeded',
  'RATE_LIMIT_EXCEEDED',
  'RESOURCE_EXHAUSTED',
]);
const scopeReasons = new Set(['insufficientPermissions', 'ACCESS_TOKEN_SCOPE_INSUFFICIENT']);
const administratorReasons = new Set([
  'domainPolicy',
  'admin_policy_enforced',
  'access_denied',
  'org_internal',
]);

/**
 * What a failed call to Google means for us. Kinds: `unavailable` and `rate-limited` are worth a retry; `conflict` with
 * `gmail.needs-reauth` means that only the user can mend it; `gone` is terminal for that one message or cursor.
 * @param now epoch ms, to turn a date into a delay.
 */
export function parseGoogleError(fault: GoogleFault, target: CallTarget, now: number): DomainError {
  const { status, body, cause } = fault;
  const reasons = reasonsOf(body);
  const retryAfterMs = retryAfter(fault, now);
  if (status === undefined)
    return new DomainError('unavailable', 'gmail.unreachable', 'Google could not be reached', { cause });
  if (status === 429 || (status === 403 && reasons.some((reason) => throttled.has(reason))))
    return new DomainError('rate-limited', 'gmail.rate-limited', 'Google asks us to slow down', {
      retryAfterMs,
    });
  if (status >= 500 || status === 408)
    return new DomainError('unavailable', 'gmail.unavailable', `Google answered ${status}`, { retryAfterMs });
  if (target === 'token') return tokenError(status, reasons);
  return finalError(status, reasons, target, messageOf(body));
}

function tokenError(status: number, reasons: string[]): DomainError {
  if (reasons.includes('invalid_grant'))
    return new DomainError('conflict', 'gmail.needs-reauth', 'Google no longer accepts the stored consent');
  if (reasons.some((reason) => administratorReasons.has(reason)))
    return new DomainError(
      'conflict',
      'gmail.refused-by-administrator',
      'The administrator does not allow the access',
    );
  return new DomainError(
    'internal',
    'gmail.oauth-refused',
    `Google refused the OAuth client: ${describe(status, reasons)}`,
  );
}

function finalError(status: number, reasons: string[], target: CallTarget, message: string): DomainError {
  if (status === 404 && target === 'message')
    return new DomainError('gone', 'gmail.message-gone', 'The message no longer exists');
  if (status === 404 && target === 'history')
    return new DomainError(
      'gone',
      'gmail.history-expired',
      'The history before this point is no longer kept',
    );
  if (status === 404) return new DomainError('not-found', 'gmail.not-found', 'Google does not know this');
  if (status === 401)
    return new DomainError(
      'unauthenticated',
      'gmail.access-token-refused',
      'Google refused the access token',
    );
  if (status === 403 && reasons.some((reason) => scopeReasons.has(reason)))
    return new DomainError('forbidden', 'gmail.scope-missing', 'The granted permissions do not cover this');
  if (status === 403 && reasons.some((reason) => administratorReasons.has(reason)))
    return new DomainError(
      'conflict',
      'gmail.refused-by-administrator',
      'The administrator does not allow the access',
    );
  if (status === 400 && reasons.includes('failedPrecondition') && /mail service not enabled/i.test(message))
    return new DomainError('conflict', 'gmail.mailbox-unavailable', 'This account has no Gmail mailbox');
  if (status === 400)
    return new DomainError(
      'unprocessable',
      'gmail.request-refused',
      `Google refused the request: ${describe(status, reasons)}`,
    );
  return new DomainError(
    'internal',
    'gmail.refused',
    `Google refused the call: ${describe(status, reasons)}`,
  );
}

/** Retry-After as seconds or as a date; Gmail also writes the date into its message. */
function retryAfter({ headers, body }: GoogleFault, now: number): number | undefined {
  const header = headers['retry-after'];
  if (header !== undefined && /^\d+$/.test(header.trim())) return Number(header) * 1000;
  const date = header ?? /Retry after (\d{4}-\d\d-\d\dT[\d:.]+Z)/i.exec(messageOf(body))?.[1];
  const until = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(until) ? undefined : Math.max(0, until - now);
}

function describe(status: number, reasons: string[]): string {
  return [String(status), ...reasons].join(' ');
}
