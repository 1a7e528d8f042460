import { signInRedirect } from './sign-in-redirect';

const env = { PUBLIC_URL: 'https://api.test', RETURN_URLS: ['https://app.test/in'] };

describe('where a sign-in returns to', () => {
  it('is the console unless an allowed address is named', () => {
    expect(signInRedirect(undefined, env)).toBe('https://api.test/console/');
    expect(signInRedirect('https://api.test/console/', env)).toBe('https://api.test/console/');
    expect(signInRedirect('https://app.test/in', env)).toBe('https://app.test/in');
  });

  // Mutant: a comparison by prefix.
  it.each([
    '',
    'https://app.test/in/',
    'https://app.test/in?x=1',
    'https://app.test/in/../evil',
    'https://app.test.evil.test/in',
    'https://app.test@evil.test/in',
    'https://api.test/console/../api',
    '//evil.test',
    'javascript:alert(1)',
  ])('is never %j', (redirect) => {
    expect(() => signInRedirect(redirect, env)).toThrow(
      expect.objectContaining({ code: 'auth.redirect-not-allowed' }),
    );
  });
});
