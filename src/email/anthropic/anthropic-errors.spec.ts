import { APIConnectionError, APIError, APIUserAbortError } from '@anthropic-ai/sdk';
import { DomainError } from '../../kernel/errors/domain-error';
import { parseAnthropicError } from './anthropic-errors';

const answered = (status: number | undefined, headers: Record<string, string> = {}, error: object = {}) =>
  new APIError(status, error, 'refused', new Headers(headers));

describe('what the SDK threw', () => {
  it.each([
    [429, { 'retry-after': '7' }, 'email.rate-limited', 7_000],
    [429, {}, 'email.rate-limited', undefined],
    [529, {}, 'email.overloaded', undefined],
    [500, {}, 'email.model-failed', undefined],
    [408, {}, 'email.model-failed', undefined],
    [undefined, {}, 'email.model-failed', undefined],
    [401, {}, 'email.model-refused-key', undefined],
    [403, {}, 'email.model-refused-key', undefined],
  ])('as %s with %j is worth a retry', (status, headers, code, retryAfterMs) => {
    expect(parseAnthropicError(answered(status, headers))).toMatchObject({
      code,
      retryAfterMs,
      retryable: true,
    });
  });

  it.each([
    [400, 'email.bad-request'],
    [413, 'email.too-long'],
    [404, 'email.bad-request'],
  ])('as %s is final', (status, code) => {
    expect(parseAnthropicError(answered(status))).toMatchObject({ code, retryable: false });
  });

  it('as a reached spend limit stays away for ten minutes', () => {
    const error = answered(429, {}, { error: { details: { error_code: 'enforced_spend_limit_reached' } } });
    expect(parseAnthropicError(error)).toMatchObject({ code: 'email.spend-limit', retryAfterMs: 600_000 });
  });

  it('reads a date in Retry-After, and nothing from nonsense', () => {
    const date = new Date(Date.now() + 60_000).toUTCString();
    const wait = parseAnthropicError(answered(429, { 'retry-after': date })).retryAfterMs ?? 0;
    expect(wait).toBeGreaterThan(55_000);
    expect(parseAnthropicError(answered(429, { 'retry-after': 'soon' })).retryAfterMs).toBeUndefined();
  });

  it('that never reached the vendor is worth a retry; what we do not know is ours', () => {
    expect(parseAnthropicError(new APIConnectionError({ message: 'reset' })).retryable).toBe(true);
    expect(parseAnthropicError(new APIUserAbortError()).retryable).toBe(true);
    expect(parseAnthropicError(new TypeError('x')).code).toBe('email.unexpected');
    const known = new DomainError('conflict', 'email.known', 'known');
    expect(parseAnthropicError(known)).toBe(known);
  });
});
