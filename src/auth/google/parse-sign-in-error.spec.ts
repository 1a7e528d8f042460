import { gaxios } from 'google-auth-library';
import { DomainError } from '../../kernel/errors/domain-error';
import { parseSignInError } from './parse-sign-in-error';

const answered = (status: number) => {
  const error = new gaxios.GaxiosError('x', { url: new URL('http://google.test'), headers: new Headers() });
  error.status = status;
  return error;
};

describe('an error on the way to Google', () => {
  it.each([
    ['a refused code', answered(400), 'auth.google-refused', false],
    ['a refused client', answered(401), 'auth.google-refused', false],
    ['a limit', answered(429), 'auth.google-unavailable', true],
    ['an outage', answered(503), 'auth.google-unavailable', true],
    ['no connection', new TypeError('fetch failed'), 'auth.google-unavailable', true],
  ])('that is %s means %#', (_what, error, code, retryable) => {
    expect(parseSignInError(error)).toMatchObject({ code, retryable });
  });

  it('that is known already stays what it is', () => {
    const known = new DomainError('unavailable', 'google-sign-in.timeout', 'x');
    expect(parseSignInError(known)).toBe(known);
  });
});
