import { faultOf, type GoogleFault } from './google-fault';
import { type CallTarget, parseGoogleError } from './parse-google-error';

const now = Date.parse('2026-11-23T10:00:00Z');

function apiFault(
  status: number,
  reason: string,
  message = 'x',
  headers: Record<string, string> = {},
): GoogleFault {
  return {
    status,
    headers,
    body: { error: { code: status, message, errors: [{ reason, domain: 'global', message }] } },
  };
}

describe('an error of Google', () => {
  it.each<[string, GoogleFault, CallTarget, string, string]>([
    ['a 429', apiFault(429, 'rateLimitExceeded'), 'message', 'rate-limited', 'gmail.rate-limited'],
    [
      'a 403 over the user’s quota',
      apiFault(403, 'userRateLimitExceeded'),
      'other',
      'rate-limited',
      'gmail.rate-limited',
    ],
    [
      'a 403 over the project’s quota',
      apiFault(403, 'rateLimitExceeded'),
      'other',
      'rate-limited',
      'gmail.rate-limited',
    ],
    ['a 503', apiFault(503, 'backendError'), 'message', 'unavailable', 'gmail.unavailable'],
    ['a message that is gone', apiFault(404, 'notFound'), 'message', 'gone', 'gmail.message-gone'],
    ['a cursor that is too old', apiFault(404, 'notFound'), 'history', 'gone', 'gmail.history-expired'],
    ['an unknown label', apiFault(404, 'notFound'), 'other', 'not-found', 'gmail.not-found'],
    [
      'a refused access token',
      apiFault(401, 'authError'),
      'message',
      'unauthenticated',
      'gmail.access-token-refused',
    ],
    [
      'a missing scope',
      apiFault(403, 'insufficientPermissions'),
      'other',
      'forbidden',
      'gmail.scope-missing',
    ],
    [
      'an administrator',
      apiFault(403, 'domainPolicy'),
      'other',
      'conflict',
      'gmail.refused-by-administrator',
    ],
    ['a bad page token', apiFault(400, 'invalidArgument'), 'other', 'unprocessable', 'gmail.request-refused'],
    [
      'no mailbox',
      apiFault(400, 'failedPrecondition', 'Mail service not enabled'),
      'other',
      'conflict',
      'gmail.mailbox-unavailable',
    ],
    ['another 403', apiFault(403, 'accessNotConfigured'), 'other', 'internal', 'gmail.refused'],
    [
      'a withdrawn consent',
      { status: 400, headers: {}, body: { error: 'invalid_grant' } },
      'token',
      'conflict',
      'gmail.needs-reauth',
    ],
    [
      'a policy at the token endpoint',
      { status: 400, headers: {}, body: { error: 'admin_policy_enforced' } },
      'token',
      'conflict',
      'gmail.refused-by-administrator',
    ],
    [
      'a wrong client secret',
      { status: 401, headers: {}, body: { error: 'invalid_client' } },
      'token',
      'internal',
      'gmail.oauth-refused',
    ],
    [
      'the token endpoint down',
      { status: 502, headers: {}, body: 'bad gateway' },
      'token',
      'unavailable',
      'gmail.unavailable',
    ],
    ['no answer', { headers: {}, body: undefined }, 'message', 'unavailable', 'gmail.unreachable'],
  ])('%s', (_name, fault, target, kind, code) => {
    expect(parseGoogleError(fault, target, now)).toMatchObject({ kind, code });
  });

  // Mutant caught: a 403 read as final would give mails up for good because of a busy minute.
  it('over the quota may be retried, without a permission it may not', () => {
    expect(parseGoogleError(apiFault(403, 'rateLimitExceeded'), 'message', now).retryable).toBe(true);
    expect(parseGoogleError(apiFault(403, 'insufficientPermissions'), 'message', now).retryable).toBe(false);
  });

  it.each([
    [{ 'retry-after': '7' }, 'x', 7_000],
    [{ 'retry-after': 'Mon, 23 Nov 2026 10:00:09 GMT' }, 'x', 9_000],
    [{}, 'User-rate limit exceeded.  Retry after 2026-11-23T10:00:30.000Z', 30_000],
    [{}, 'Retry after 2026-11-23T09:00:00.000Z', 0],
    [{ 'retry-after': 'soon' }, 'x', undefined],
  ])('says when to come back: %j %s', (headers, message, expected) => {
    const fault = apiFault(429, 'rateLimitExceeded', message, headers);
    expect(parseGoogleError(fault, 'other', now).retryAfterMs).toBe(expected);
  });
});

describe('the facts of a thrown SDK error', () => {
  it('keep status, headers and body, whatever their form', () => {
    const data = '{"error":{"errors":[{"reason":"backendError"}]}}';
    const headers = new Headers({ 'Retry-After': '3' });
    expect(faultOf({ response: { status: 503, headers, data } })).toEqual({
      status: 503,
      headers: { 'retry-after': '3' },
      body: { error: { errors: [{ reason: 'backendError' }] } },
    });
    expect(faultOf({ response: { status: 500, headers: { 'X-A': 'b' }, data: '<html>' } })).toEqual({
      status: 500,
      headers: { 'x-a': 'b' },
      body: '<html>',
    });
  });

  // Mutant caught: keeping the SDK's error as the cause writes its request, tokens and all, to the log.
  it('do not carry the request along', () => {
    const error = Object.assign(new Error('fetch failed'), {
      config: { headers: { authorization: 'Bearer secret' } },
      cause: Object.assign(new Error('socket closed'), { code: 'ECONNRESET' }),
    });
    const fault = faultOf(error);
    expect(fault.status).toBeUndefined();
    expect((fault.cause as Error).message).toBe('ECONNRESET: socket closed');
    expect(JSON.stringify(fault)).not.toContain('secret');
  });
});
